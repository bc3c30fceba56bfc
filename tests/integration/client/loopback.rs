//! A server and a proxy on the loopback interface, for behaviour that only real connections show.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::sign::{CertifiedKey, SingleCertAndKey};

/// A private certificate authority with a server certificate.
pub(super) struct Tls {
    pub(super) authority: String,
    acceptor: TlsAcceptor,
}

impl Tls {
    /// A correct server certificate.
    pub(super) fn for_host(host: &str) -> Self {
        Self::signed(rcgen::CertificateParams::new([host.to_owned()]).unwrap())
    }

    /// A certificate with its host only in the common name.
    pub(super) fn without_names(host: &str) -> Self {
        let mut params = rcgen::CertificateParams::new([]).unwrap();
        params
            .distinguished_name
            .push(rcgen::DnType::CommonName, host);
        Self::signed(params)
    }

    /// As made by plain `openssl req -x509`: the server uses the authority's own certificate.
    pub(super) fn self_signed_authority(host: &str) -> Self {
        let key = rcgen::KeyPair::generate().unwrap();
        let mut params = rcgen::CertificateParams::new([host.to_owned()]).unwrap();
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let certificate = params.self_signed(&key).unwrap();
        Self::serving(certificate.pem(), certificate.der().clone(), &key)
    }

    /// As made by `openssl x509 -req`: a version 1 certificate, which has no extensions.
    pub(super) fn of_version_1(host: &str) -> Self {
        let params = rcgen::CertificateParams::new([host.to_owned()]).unwrap();
        let (authority, certificate, key) = Self::sign(params);
        let mut bytes = certificate.der().to_vec();
        let version_3 = [0xa0, 3, 2, 1, 2];
        let mut places = bytes.windows(version_3.len());
        let version = places.position(|part| part == version_3).unwrap() + 4;
        bytes[version] = 0;
        Self::serving(authority, bytes.into(), &key)
    }

    fn signed(params: rcgen::CertificateParams) -> Self {
        let (authority, certificate, key) = Self::sign(params);
        Self::serving(authority, certificate.der().clone(), &key)
    }

    /// A new authority, a certificate signed by it, and the certificate's key.
    fn sign(params: rcgen::CertificateParams) -> (String, rcgen::Certificate, rcgen::KeyPair) {
        let authority_key = rcgen::KeyPair::generate().unwrap();
        let mut authority = rcgen::CertificateParams::new([]).unwrap();
        authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let authority_certificate = authority.self_signed(&authority_key).unwrap();
        let issuer = rcgen::Issuer::new(authority, authority_key);
        let key = rcgen::KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &issuer).unwrap();
        (authority_certificate.pem(), certificate, key)
    }

    fn serving(
        authority: String,
        certificate: CertificateDer<'static>,
        key: &rcgen::KeyPair,
    ) -> Self {
        let key = PrivatePkcs8KeyDer::from(key.serialize_der()).into();
        let key = ring::sign::any_supported_type(&key).unwrap();
        // The server must not check its own certificate, which rustls may refuse.
        let certified = SingleCertAndKey::from(CertifiedKey::new(vec![certificate], key));
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(certified));
        Self {
            authority,
            acceptor: Arc::new(config).into(),
        }
    }
}

/// The parts of Greengrass, STS and a metadata service that connecting needs.
pub(super) struct Server {
    address: SocketAddr,
    paths: Arc<Mutex<Vec<String>>>,
    connections: Arc<AtomicUsize>,
}

impl Server {
    pub(super) async fn start() -> Self {
        Self::listen(None).await
    }

    pub(super) async fn start_tls(tls: &Tls) -> Self {
        Self::listen(Some(tls.acceptor.clone())).await
    }

    async fn listen(tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            address: listener.local_addr().unwrap(),
            paths: Arc::default(),
            connections: Arc::default(),
        };
        let paths = Arc::clone(&server.paths);
        let connections = Arc::clone(&server.connections);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                connections.fetch_add(1, Ordering::Relaxed);
                let (paths, tls) = (Arc::clone(&paths), tls.clone());
                tokio::spawn(async move {
                    match tls {
                        None => serve(stream, paths).await,
                        Some(tls) => {
                            if let Ok(stream) = tls.accept(stream).await {
                                serve(stream, paths).await;
                            }
                        }
                    }
                });
            }
        });
        server
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The number of connections.
    pub(super) fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }

    pub(super) fn take_paths(&self) -> Vec<String> {
        std::mem::take(&mut self.paths.lock().unwrap())
    }
}

async fn serve(stream: impl AsyncRead + AsyncWrite + Unpin, paths: Arc<Mutex<Vec<String>>>) {
    let answer = service_fn(|request: Request<Incoming>| {
        let path = request.uri().path().to_owned();
        paths.lock().unwrap().push(path.clone());
        let mut response = Response::new(Full::new(Bytes::from_static(answer(&path).as_bytes())));
        if path == "/latest/api/token" {
            let hour = hyper::header::HeaderValue::from_static("3600");
            response
                .headers_mut()
                .insert("x-aws-ec2-metadata-token-ttl-seconds", hour);
        }
        std::future::ready(Ok::<_, Infallible>(response))
    });
    let connection = hyper::server::conn::http1::Builder::new();
    let _ = connection
        .serve_connection(TokioIo::new(stream), answer)
        .await;
}

fn answer(path: &str) -> &'static str {
    if path.ends_with("/greengrass/groups") {
        return r#"{"Groups": [{"Id": "1"}, {"Id": "2"}]}"#;
    }
    match path {
        "/latest/api/token" => "token",
        "/latest/meta-data/placement/region" => "ap-south-1",
        _ => {
            "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/anna</Arn>\
             <UserId>u</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
        }
    }
}

/// A proxy that sends every request and every tunnel to one server, whatever host they name.
pub(super) struct Proxy {
    address: SocketAddr,
    lines: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    pub(super) async fn to(server: &Server) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let proxy = Self {
            address: listener.local_addr().unwrap(),
            lines: Arc::default(),
        };
        let (lines, target) = (Arc::clone(&proxy.lines), server.address);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(pass_on(stream, target, Arc::clone(&lines)));
            }
        });
        proxy
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The first lines of the received requests.
    pub(super) fn take_lines(&self) -> Vec<String> {
        std::mem::take(&mut self.lines.lock().unwrap())
    }
}

async fn pass_on(mut client: TcpStream, target: SocketAddr, lines: Arc<Mutex<Vec<String>>>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let Ok(byte) = client.read_u8().await else {
            return;
        };
        head.push(byte);
    }
    let head = String::from_utf8(head).unwrap();
    let (line, rest) = head.split_once("\r\n").unwrap();
    lines.lock().unwrap().push(line.to_owned());
    let mut server = TcpStream::connect(target).await.unwrap();
    let first = if line.starts_with("CONNECT ") {
        client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await
    } else {
        server.write_all(plain(line, rest).as_bytes()).await
    };
    if first.is_ok() {
        let _ = copy_bidirectional(&mut client, &mut server).await;
    }
}

/// The request in the form for the server itself.
fn plain(line: &str, rest: &str) -> String {
    let (method, target) = line.split_once(' ').unwrap();
    let path = target.splitn(4, '/').nth(3).unwrap();
    format!("{method} /{path}\r\n{rest}")
}
