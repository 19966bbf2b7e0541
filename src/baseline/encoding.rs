//! The bytes of a baseline: a line for people, a NUL byte, and compressed contents.

use std::fmt::Write as _;

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use sha2::{Digest as _, Sha256};

use super::Unusable;

const FORMAT: u32 = 1;
const HEAD: &str = "What cargo-kickoff generated last; `cargo kickoff update` needs it. format ";
const DIGEST: &str = " sha256 ";
const END: &[u8] = b"\n\0";
/// Higher levels take three times as long for a twentieth less.
const LEVEL: u8 = 4;
/// No project is larger than this; contents that claim to be were not written by us.
const LARGEST: usize = 256 * 1024 * 1024;

/// Compresses.
pub(super) fn pack(contents: &[u8]) -> Vec<u8> {
    let mut bytes = format!("{HEAD}{FORMAT}{DIGEST}{}", digest(contents)).into_bytes();
    bytes.extend(END);
    bytes.extend(compress_to_vec(contents, LEVEL));
    bytes
}

/// What was compressed, checked against its digest.
pub(super) fn unpack(bytes: &[u8]) -> Result<Vec<u8>, Unusable> {
    let end = bytes
        .windows(END.len())
        .position(|window| window == END)
        .ok_or(Unusable::Foreign)?;
    let (format, claimed) = std::str::from_utf8(&bytes[..end])
        .ok()
        .and_then(|head| head.strip_prefix(HEAD)?.split_once(DIGEST))
        .ok_or(Unusable::Foreign)?;
    let format: u32 = format.parse().map_err(|_| Unusable::Foreign)?;
    if format > FORMAT {
        return Err(Unusable::Later(format));
    }
    let contents = decompress_to_vec_with_limit(&bytes[end + END.len()..], LARGEST)
        .map_err(|_| Unusable::Tampered)?;
    match digest(&contents) == claimed {
        true => Ok(contents),
        false => Err(Unusable::Tampered),
    }
}

/// SHA-256 in hexadecimal digits.
pub(crate) fn digest(contents: &[u8]) -> String {
    let digest = Sha256::digest(contents);
    digest.iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("writing to a String");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(change: impl FnOnce(&mut Vec<u8>), expect: Result<(), Unusable>) {
        let mut bytes = pack(b"contents, contents, contents");
        change(&mut bytes);
        let unpacked = unpack(&bytes);
        assert_eq!(unpacked.map(drop), expect);
    }

    #[test]
    fn what_was_changed_is_refused() {
        check(|_| {}, Ok(()));
        check(
            |bytes| bytes.truncate(bytes.len() - 1),
            Err(Unusable::Tampered),
        );
        check(|bytes| bytes.extend(b"x"), Ok(()));
        check(|bytes| bytes[HEAD.len() + 12] ^= 1, Err(Unusable::Tampered));
        check(|bytes| bytes.clear(), Err(Unusable::Foreign));
        check(|bytes| bytes[0] = b'w', Err(Unusable::Foreign));
        check(|bytes| bytes[HEAD.len()] = b'7', Err(Unusable::Later(7)));
        // As a tool does that takes it for text.
        check(
            |bytes| {
                let text = String::from_utf8_lossy(bytes).replace('\n', "\r\n");
                *bytes = text.into_bytes();
            },
            Err(Unusable::Tampered),
        );
    }

    #[test]
    fn every_byte_of_the_contents_counts() {
        let bytes = pack("fn main() {}\n".repeat(9).as_bytes());
        let whole = unpack(&bytes).expect("as it was written");
        let start = bytes.iter().position(|byte| *byte == 0).expect("the NUL") + 1;
        for at in start..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 0x20;
            assert!(unpack(&changed).map_or(true, |other| other == whole));
        }
    }

    #[test]
    fn git_and_grep_take_it_for_binary() {
        let bytes = pack(b"x");
        assert!(bytes.iter().take(200).any(|byte| *byte == 0));
        assert!(bytes.starts_with(b"What cargo-kickoff generated last"));
    }
}
