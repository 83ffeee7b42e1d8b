//! Writing a bundle.

use super::{Content, Head, Packed, TYPE, seal};
use crate::hash::Hash;
use crate::replication::Receipt;
use ed25519_dalek::SigningKey;
use std::fmt::Write as _;

/// A bundle, sealed with the key of the node that makes it. The same content gives the same bytes.
#[must_use]
pub fn write(head: &Head, content: &Content, key: &SigningKey) -> Vec<u8> {
    let head_bytes = head_text(head).into_bytes();
    let mut rest = Vec::new();
    for run in &content.runs {
        rest.extend(format!("run {} {} {}\n", run.log, run.from, run.records.len()).into_bytes());
        for one in &run.records {
            record(&mut rest, one);
        }
    }
    for receipt in &content.receipts {
        rest.extend(receipt_line(receipt).into_bytes());
    }
    let line = seal::line(key, head.from, Hash::of(&head_bytes), Hash::of(&rest));
    let mut bytes = head_bytes;
    bytes.extend(rest);
    bytes.extend(line.into_bytes());
    bytes
}

fn head_text(head: &Head) -> String {
    let to = head.to.map_or_else(|| "everyone".to_owned(), |to| to.to_string());
    let Head { kind, scope, from, incarnation, at, .. } = head;
    let kind = kind.word();
    format!("{TYPE}\nkind {kind}\nscope {scope}\nfrom {from}\nto {to}\nincarnation {incarnation}\nat {at}\n")
}

fn record(to: &mut Vec<u8>, one: &Packed) {
    let mut line = format!("record {} {}", one.hash, one.header.len());
    // Writing to a text cannot fail.
    let _ = match &one.body {
        Some((salt, body)) => write!(line, " {} {salt}", body.len()),
        None => write!(line, " - -"),
    };
    let _ = match &one.signature {
        Some(signature) => writeln!(line, " {signature}"),
        None => writeln!(line, " -"),
    };
    to.extend(line.into_bytes());
    to.extend(one.header.as_bytes());
    to.push(b'\n');
    if let Some((_, body)) = &one.body {
        to.extend(body.as_bytes());
        to.push(b'\n');
    }
}

fn receipt_line(one: &Receipt) -> String {
    let Receipt { issuer, incarnation, log, seq, head, at, signature, .. } = one;
    format!("receipt {issuer} {incarnation} {log} {seq} {head} {at} {signature}\n")
}
