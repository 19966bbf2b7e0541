//! Plain HTTP over a socket, a connection for each request, so that every end of one is seen.

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

/// The token that every request carries, and its SHA-256, which the service has.
pub(crate) const TOKEN: &str = "outside";
pub(crate) const HASH: &str = "31207a2065f46a5b948fce6fe5c13e85abaf5631e2f894b47dcd4fce14f6c57b";

/// An answer that arrived as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reply {
    pub status: u16,
    /// Without what differs each time: the request id and the date.
    pub headers: Vec<String>,
    pub text: String,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// How a request without an answer ended.
#[derive(Debug)]
pub(crate) enum Failure {
    /// There was no connection.
    Refused,
    /// There was one, and no whole answer on it.
    Cut(io::Error),
}

/// Sends a request and waits for the whole answer.
pub(crate) fn send(
    address: SocketAddr,
    request: &str,
    headers: &[(&str, &str)],
    body: Option<&Value>,
) -> Result<Reply, Failure> {
    let mut stream = TcpStream::connect(address).map_err(|_| Failure::Refused)?;
    let body = body.map(Value::to_string).unwrap_or_default();
    let mut text = format!(
        "{request} HTTP/1.1\r\nHost: outside\r\nConnection: close\r\nAuthorization: Bearer {TOKEN}\r\n"
    );
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    if !body.is_empty() {
        let length = body.len();
        text.push_str(&format!(
            "Content-Type: application/json\r\nContent-Length: {length}\r\n"
        ));
    }
    text.push_str(&format!("\r\n{body}"));
    let exchanged = stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .and_then(|()| stream.write_all(text.as_bytes()))
        .and_then(|()| receive(&mut stream));
    exchanged.map_err(Failure::Cut)
}

/// Reads until the other side closes, and takes the answer apart.
pub(crate) fn receive(stream: &mut TcpStream) -> io::Result<Reply> {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    parse(&text).ok_or_else(|| io::Error::new(io::ErrorKind::UnexpectedEof, text.into_owned()))
}

/// Nothing where the answer is not whole.
fn parse(text: &str) -> Option<Reply> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers: Vec<String> = lines.map(str::to_lowercase).collect();
    let length = headers
        .iter()
        .find_map(|line| line.strip_prefix("content-length: "));
    let expected: usize = length.map_or(Some(0), |length| length.parse().ok())?;
    let differs = |line: &String| line.starts_with("x-request-id:") || line.starts_with("date:");
    (body.len() == expected).then(|| Reply {
        status,
        headers: headers.into_iter().filter(|line| !differs(line)).collect(),
        text: body.to_owned(),
    })
}
