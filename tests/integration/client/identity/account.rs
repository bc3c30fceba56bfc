//! A server that acts as Greengrass, STS, SSO, the metadata service, a container's endpoint and a proxy. It
//! records the access key that signed each request.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// Each issued access key names its caller: `ROLE_plant_BY_AKIAFILE`.
pub(super) struct Account {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Asked>>>,
}

/// One request, with the access key that signed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) what: String,
    pub(super) key: Option<String>,
}

struct Request {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl Account {
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let account = Self {
            address: listener.local_addr().unwrap(),
            requests: Arc::default(),
        };
        let requests = Arc::clone(&account.requests);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let requests = Arc::clone(&requests);
                thread::spawn(move || serve(&stream, &requests));
            }
        });
        account
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// All requests since the last call.
    pub(super) fn take(&self) -> Vec<Asked> {
        std::mem::take(&mut self.requests.lock().unwrap())
    }
}

fn serve(stream: &TcpStream, requests: &Mutex<Vec<Asked>>) {
    let mut reader = BufReader::new(stream);
    let Some(request) = read(&mut reader) else {
        return;
    };
    let key = request.header("authorization").and_then(|value| {
        let credential = value.split_once("Credential=")?.1;
        Some(credential.split('/').next()?.to_owned())
    });
    let (what, status, body) = answer(&request, key.as_deref());
    requests.lock().unwrap().push(Asked { what, key });
    let mut head = format!(
        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n",
        body.len()
    );
    if request.target == "/latest/api/token" {
        head.push_str("x-aws-ec2-metadata-token-ttl-seconds: 3600\r\n");
    }
    _ = (&mut &*stream).write_all(format!("{head}\r\n{body}").as_bytes());
}

fn read(reader: &mut BufReader<&TcpStream>) -> Option<Request> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim_end().to_owned();
        if line.is_empty() {
            break;
        }
        lines.push(line);
    }
    let mut first = lines.first()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
    let headers: Vec<(String, String)> = lines[1..]
        .iter()
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let mut request = Request {
        method,
        target,
        headers,
        body: String::new(),
    };
    let length = request.header("content-length")?.parse().ok();
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    request.body = String::from_utf8(body).ok()?;
    Some(request)
}

impl Request {
    fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        // A body is optional, and so is its length.
        let usual = (name == "content-length").then_some("0");
        found.map(|(_, value)| value.as_str()).or(usual)
    }

    fn field(&self, name: &str) -> String {
        let mut fields = self
            .body
            .split('&')
            .filter_map(|field| field.split_once('='));
        let value = fields.find(|(known, _)| *known == name);
        value.map_or_else(String::new, |(_, value)| {
            value.replace("%3A", ":").replace("%2F", "/")
        })
    }
}

/// The request in words, with the status and the body of the response.
fn answer(request: &Request, key: Option<&str>) -> (String, &'static str, String) {
    const OK: &str = "200 OK";
    let key = key.unwrap_or("UNSIGNED");
    if request.method == "CONNECT" {
        let what = format!("a tunnel to {}", request.target);
        return (what, "502 Bad ConnectionTarget", String::new());
    }
    let role = |arn: &str| arn.rsplit('/').next().unwrap().to_owned();
    let path = request.target.split('?').next().unwrap();
    if path.ends_with("/greengrass/groups") {
        return ("ListGroups".to_owned(), OK, r#"{"Groups": []}"#.to_owned());
    }
    if path.ends_with("/federation/credentials") {
        let token = request.header("x-amz-sso_bearer_token").unwrap_or("none");
        let given = format!("SSO_{}", token.replace("s3cr3t-", ""));
        let body = format!(
            r#"{{"roleCredentials": {{"accessKeyId": "{given}", "secretAccessKey": "s3cr3t/given+key", "sessionToken": "s3cr3t/t0k3n+key", "expiration": 4070908800000}}}}"#
        );
        return ("GetRoleCredentials".to_owned(), OK, body);
    }
    match request.field("Action").as_str() {
        "AssumeRole" => {
            let given = format!("ROLE_{}_BY_{key}", role(&request.field("RoleArn")));
            return ("AssumeRole".to_owned(), OK, assumed("AssumeRole", &given));
        }
        "AssumeRoleWithWebIdentity" => {
            let token = request.field("WebIdentityToken").replace("s3cr3t-", "");
            let given = format!("WEB_{}_{token}", role(&request.field("RoleArn")));
            let name = "AssumeRoleWithWebIdentity";
            return (name.to_owned(), OK, assumed(name, &given));
        }
        "GetCallerIdentity" => {
            let body = "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/anna</Arn>\
                <UserId>u</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";
            return ("GetCallerIdentity".to_owned(), OK, body.to_owned());
        }
        _ => {}
    }
    let machine = |given: &str| {
        format!(
            r#"{{"Code": "Success", "AccessKeyId": "{given}", "SecretAccessKey": "s3cr3t/given+key", "Token": "s3cr3t/t0k3n+key", "Expiration": "2099-01-01T00:00:00Z", "LastUpdated": "2026-01-01T00:00:00Z", "Type": "AWS-HMAC"}}"#
        )
    };
    match path {
        "/latest/api/token" => ("metadata token".to_owned(), OK, "s3cr3t-token".to_owned()),
        "/latest/meta-data/iam/security-credentials/" => {
            ("metadata role".to_owned(), OK, "machine".to_owned())
        }
        "/latest/meta-data/iam/security-credentials/machine" => {
            ("metadata credentials".to_owned(), OK, machine("INSTANCE"))
        }
        "/container" => ("container credentials".to_owned(), OK, machine("CONTAINER")),
        _ => (
            format!("{} {path}", request.method),
            "404 Not Found",
            String::new(),
        ),
    }
}

fn assumed(action: &str, key: &str) -> String {
    let mut body = String::new();
    write!(
        body,
        "<{action}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><{action}Result>\
         <AssumedRoleUser><Arn>arn:aws:sts::111122223333:assumed-role/r/s</Arn><AssumedRoleId>r:s</AssumedRoleId></AssumedRoleUser>\
         <Credentials><AccessKeyId>{key}</AccessKeyId><SecretAccessKey>s3cr3t/given+key</SecretAccessKey><SessionToken>s3cr3t/t0k3n+key</SessionToken>\
         <Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></{action}Result></{action}Response>"
    )
    .unwrap();
    body
}
