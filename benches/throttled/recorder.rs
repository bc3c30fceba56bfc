//! A proxy on loopback that forwards every request, and records when and how it was answered.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Instant;

/// One answered request.
#[derive(Debug, Clone)]
pub(crate) struct Passed {
    pub(crate) sent: Instant,
    pub(crate) answered: Instant,
    pub(crate) path: String,
    pub(crate) is_refused: bool,
    pub(crate) has_next_page: bool,
}

/// The answered requests so far, in the order of the answers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Record(Arc<Mutex<Vec<Passed>>>);

impl Record {
    pub(crate) fn all(&self) -> MutexGuard<'_, Vec<Passed>> {
        self.0.lock().unwrap()
    }
}

/// Listens in front of the server at `upstream` until the process ends; returns its own endpoint.
pub(crate) fn listen(upstream: &str) -> (String, Record) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let upstream = upstream.trim_start_matches("http://").to_owned();
    let record = Record::default();
    let kept = record.clone();
    std::thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let (upstream, record) = (upstream.clone(), kept.clone());
            // When one side closes, the other connection ends too.
            std::thread::spawn(move || _ = pass(&client, &upstream, &record));
        }
    });
    (endpoint, record)
}

fn pass(client: &TcpStream, upstream: &str, record: &Record) -> std::io::Result<()> {
    let server = TcpStream::connect(upstream)?;
    for stream in [client, &server] {
        stream.set_nodelay(true)?;
    }
    let (mut to_client, mut to_server) = (client, &server);
    let mut from_client = BufReader::new(client);
    let mut from_server = BufReader::new(&server);
    loop {
        let request = message(&mut from_client)?;
        let sent = Instant::now();
        to_server.write_all(&request)?;
        let answer = message(&mut from_server)?;
        let request = String::from_utf8_lossy(&request);
        let text = String::from_utf8_lossy(&answer);
        record.all().push(Passed {
            sent,
            answered: Instant::now(),
            path: request.split(' ').nth(1).unwrap_or_default().to_owned(),
            is_refused: text.starts_with("HTTP/1.1 429"),
            has_next_page: text.contains("\"NextToken\":\""),
        });
        to_client.write_all(&answer)?;
    }
}

/// One HTTP/1.1 message, with a body of the announced length.
fn message(stream: &mut impl BufRead) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut length = 0;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        bytes.extend_from_slice(line.as_bytes());
        let line = line.trim_end().to_lowercase();
        if let Some(number) = line.strip_prefix("content-length:") {
            length = number.trim().parse().unwrap();
        }
        if line.is_empty() {
            break;
        }
    }
    let start = bytes.len();
    bytes.resize(start + length, 0);
    stream.read_exact(bytes.get_mut(start..).unwrap_or_default())?;
    Ok(bytes)
}
