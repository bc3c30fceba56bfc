//! Problems with a server's certificate or scheme, and their fixes.

use std::net::IpAddr;

use hyper::Uri;

/// Explains rustls's error about the certificate of the server at `uri`; `None` for other errors.
pub(super) fn certificate(text: &str, uri: &str) -> Option<String> {
    if !text.contains("invalid peer certificate") {
        return None;
    }
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let what = if has(&["CaUsedAsEndEntity"]) {
        "the server's certificate is that of an authority (CA:TRUE)"
    } else if has(&["UnsupportedCertVersion"]) {
        "the server's certificate has the old X.509 version 1"
    } else if has(&["NotValidForName", "not valid for name"]) {
        "the server's certificate does not name this host as a subjectAltName"
    } else if has(&["NotValidYet", "not valid yet"]) {
        return Some("check the certificate's dates and this machine's clock".to_owned());
    } else if has(&["Expired", "expired"]) {
        "the server's certificate has expired"
    } else {
        return Some("trust a private certificate authority through AWS_CA_BUNDLE".to_owned());
    };
    Some(format!(
        "{what}; make one with `{}`, and trust it through AWS_CA_BUNDLE",
        command(uri)
    ))
}

/// The command that creates a certificate which rustls accepts.
fn command(uri: &str) -> String {
    let uri: Uri = uri.parse().unwrap_or_default();
    let host = uri.host().unwrap_or("HOST");
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let kind = if bare.parse::<IpAddr>().is_ok() {
        "IP"
    } else {
        "DNS"
    };
    format!(
        "openssl req -x509 -newkey rsa:2048 -nodes -days 365 -keyout key.pem -out cert.pem \
         -subj /CN={bare} -addext basicConstraints=critical,CA:FALSE \
         -addext subjectAltName={kind}:{bare}"
    )
}

/// Explains an error caused by `https` instead of `http`, or the reverse; `None` for other errors.
pub(super) fn wrong_scheme(text: &str, host: &str) -> Option<String> {
    if text.contains("InvalidContentType") {
        return Some(format!(
            "{host} does not speak TLS; write http:// in place of https://"
        ));
    }
    if text.contains("invalid HTTP version parsed") || text.contains("invalid HTTP status-code") {
        return Some(format!(
            "{host} does not speak plain HTTP; write https:// in place of http://"
        ));
    }
    None
}
