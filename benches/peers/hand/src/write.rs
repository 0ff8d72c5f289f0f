//! A writer for this one shape. No name and no word in it needs an escape.

use workload::{Compact, Gate, Range};

/// Writes an answer as JSON behind what is in `out`.
pub fn write(answer: &Compact, out: &mut Vec<u8>) {
    let text = |out: &mut Vec<u8>, key: &str, text: &str| {
        out.extend_from_slice(key.as_bytes());
        out.extend_from_slice(text.as_bytes());
    };
    text(out, "{\"oordeel\":\"", &answer.oordeel);
    out.extend_from_slice(b"\",\"totaal\":");
    range(answer.totaal, out);
    text(out, ",\"route\":\"", &answer.route);
    out.extend_from_slice(b"\",\"criteria\":[");
    for (at, criterion) in answer.criteria.iter().enumerate() {
        comma(at, out);
        text(out, "{\"naam\":\"", criterion.naam);
        out.extend_from_slice(b"\",\"score\":");
        range(criterion.score, out);
        text(out, ",\"uitkomst\":\"", &criterion.uitkomst);
        text(out, "\",\"reden\":\"", &criterion.reden);
        out.extend_from_slice(b"\"}");
    }
    gates("],\"voorwaarden\":[", &answer.voorwaarden, out);
    gates("],\"uitsluitingen\":[", &answer.uitsluitingen, out);
    gates("],\"signalen\":[", &answer.signalen, out);
    names("],\"ontbreekt\":[", &answer.ontbreekt, out);
    names("],\"gebruikt\":[", &answer.gebruikt, out);
    out.extend_from_slice(b"]}");
}

fn comma(at: usize, out: &mut Vec<u8>) {
    if at > 0 {
        out.push(b',');
    }
}

fn gates(key: &str, gates: &[Gate], out: &mut Vec<u8>) {
    out.extend_from_slice(key.as_bytes());
    for (at, gate) in gates.iter().enumerate() {
        comma(at, out);
        out.extend_from_slice(b"{\"naam\":\"");
        out.extend_from_slice(gate.naam.as_bytes());
        out.extend_from_slice(b"\",\"status\":\"");
        out.extend_from_slice(gate.status.as_bytes());
        out.extend_from_slice(b"\"}");
    }
}

fn names(key: &str, names: &[String], out: &mut Vec<u8>) {
    out.extend_from_slice(key.as_bytes());
    for (at, name) in names.iter().enumerate() {
        comma(at, out);
        out.push(b'"');
        out.extend_from_slice(name.as_bytes());
        out.push(b'"');
    }
}

fn range(range: Range, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"van\":");
    number(range.van, out);
    out.extend_from_slice(b",\"tot_en_met\":");
    number(range.tot_en_met, out);
    out.push(b'}');
}

fn number(mut number: u32, out: &mut Vec<u8>) {
    let mut digits = [0; 10];
    let mut at = digits.len();
    loop {
        at -= 1;
        // Below ten: it fits.
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}
