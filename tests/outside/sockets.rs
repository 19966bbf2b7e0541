//! Clients that begin a request and do not go on.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::http;
use crate::program::Program;
use crate::scenario;

const SETTINGS: [(&str, &str); 2] = [("APP_HEADER_TIMEOUT", "1s"), ("APP_REQUEST_TIMEOUT", "2s")];

fn begin(program: &Program, text: &str) -> (TcpStream, Instant) {
    let mut stream = TcpStream::connect(program.address).expect("a connection");
    let timeout = Some(Duration::from_secs(10));
    stream.set_read_timeout(timeout).expect("a timeout");
    stream.write_all(text.as_bytes()).expect("written");
    (stream, Instant::now())
}

#[test]
fn half_a_header_is_cut_after_its_time() {
    scenario("half a header", || {
        let program = Program::start(&SETTINGS);
        let halves = (0..50).map(|_| begin(&program, "GET /customers HTTP/1.1\r\nHos"));
        let mut halves: Vec<_> = halves.collect();
        for _ in 0..50 {
            assert_eq!(program.status("GET /customers"), 200);
        }
        let mut longest = Duration::ZERO;
        for (stream, start) in &mut halves {
            let mut rest = Vec::new();
            // A reset is an end as well.
            let _ = stream.read_to_end(&mut rest);
            let took = start.elapsed();
            assert!((Duration::from_millis(900)..Duration::from_secs(2)).contains(&took));
            longest = longest.max(took);
        }
        format!("50 cut after {longest:.1?} at most, 50 whole requests beside them 200")
    });
}

#[test]
fn half_a_body_is_answered_at_the_deadline() {
    scenario("half a body", || {
        let program = Program::start(&SETTINGS);
        let token = http::TOKEN;
        let head = format!(
            "POST /customers HTTP/1.1\r\nHost: outside\r\nAuthorization: Bearer {token}\r\nIdempotency-Key: half\r\n\
             Connection: close\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{\"name\":"
        );
        let halves = (0..20).map(|_| begin(&program, &head));
        let mut halves: Vec<_> = halves.collect();
        assert_eq!(program.create(0).status, 201);
        let mut longest = Duration::ZERO;
        for (stream, start) in &mut halves {
            let reply = http::receive(stream).expect("an answer");
            assert_eq!(reply.status, 504, "{reply:?}");
            longest = longest.max(start.elapsed());
        }
        assert!(longest < Duration::from_millis(2_900), "{longest:?}");
        let whole = crate::program::create(program.address, "half", 1).expect("an answer");
        assert_eq!(whole.status, 201, "{whole:?}");
        format!("20 answered 504 after {longest:.1?} at most, their key is free")
    });
}
