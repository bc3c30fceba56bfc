//! The trusted certificate authorities: the machine's and the bundle's.

use std::path::{Path, PathBuf};

use aws_smithy_http_client::tls::TrustStore;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use super::error::ConnectError;

/// The file of `AWS_CA_BUNDLE` or `ca_bundle`, read only when TLS is needed.
#[derive(Debug, Clone, Default)]
pub(super) struct Bundle(pub(super) Option<PathBuf>);

impl Bundle {
    /// Fails unless the bundle has a usable certificate.
    pub(super) fn check(&self) -> Result<(), ConnectError> {
        self.read().map(drop)
    }

    fn read(&self) -> Result<Option<Vec<u8>>, ConnectError> {
        self.0.as_deref().map(certificates).transpose()
    }

    /// The authorities of this machine and of the bundle.
    pub(super) fn trust(&self) -> Result<TrustStore, ConnectError> {
        let mut trusted = TrustStore::empty();
        trusted.add_pem_certificate(authorities_of_this_machine());
        if let Some(own) = self.read()? {
            trusted.add_pem_certificate(own);
        }
        Ok(trusted)
    }
}

/// The authorities that this machine trusts, as PEM.
fn authorities_of_this_machine() -> Vec<u8> {
    let found = rustls_native_certs::load_native_certs();
    for error in &found.errors {
        tracing::warn!(%error, "a trusted certificate could not be read");
    }
    let usable = found.certs.iter().filter(|one| is_usable(one));
    let texts = usable.map(|one| {
        let text = BASE64_STANDARD.encode(one);
        format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n")
    });
    texts.collect::<String>().into_bytes()
}

/// The bundle's certificates that rustls can use, as PEM.
fn certificates(path: &Path) -> Result<Vec<u8>, ConnectError> {
    const END: &str = "-----END CERTIFICATE-----";
    let refused = |reason: String| ConnectError::Certificates {
        path: path.display().to_string(),
        reason,
    };
    let text = std::fs::read(path).map_err(|error| refused(error.to_string()))?;
    let text = String::from_utf8_lossy(&text);
    let holds_usable = |block: &&str| {
        CertificateDer::from_pem_slice(block.as_bytes()).is_ok_and(|one| is_usable(&one))
    };
    let usable: String = text.split_inclusive(END).filter(holds_usable).collect();
    if usable.is_empty() {
        return Err(refused("it holds no certificate in PEM form".to_owned()));
    }
    Ok(usable.into_bytes())
}

/// The SDK panics over a certificate that rustls refuses.
fn is_usable(certificate: &CertificateDer<'_>) -> bool {
    let mut store = RootCertStore::empty();
    store.add(certificate.clone().into_owned()).is_ok()
}
