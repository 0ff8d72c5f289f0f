//! Breaks a text in random ways.

use crate::support::random::Random;

/// What people and programs do to texts: characters, lines and pieces lost, doubled, swapped or out of place.
pub(crate) fn mutate(seed: u64, text: &str) -> String {
    let mut r = Random::new(seed);
    let mut text = text.to_owned();
    for _ in 0..1 + r.below(4) {
        text = once(&mut r, &text);
    }
    text
}

const PIECES: [&str; 40] = [
    "\"",
    "“",
    "”",
    ":",
    ",",
    ", ",
    "(",
    ")",
    "((((",
    "- ",
    "\n- ",
    "\t",
    "\n",
    "\r",
    "\u{a0}",
    "\u{feff}",
    "\u{0}",
    "\u{301}",
    "#",
    "|",
    "%",
    "€",
    "1.5",
    "1,",
    ">=",
    "of",
    " en ",
    " niet ",
    " is ",
    " is een van ",
    "als ",
    "anders",
    "n.v.t.",
    "31 februari 2020",
    "99999999999999999999999",
    "•",
    "é",
    "𝄞",
    "  ",
    "\nvraag ",
];

fn once(r: &mut Random, text: &str) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let mut lines: Vec<&str> = text.split('\n').collect();
    let at = r.below(chars.len() + 1);
    let line = r.below(lines.len());
    let end = (at + 1 + r.below(12)).min(chars.len());
    match r.below(12) {
        0 => drop(chars.drain(at..end.min(at + 1))),
        1 => drop(chars.drain(at..end)),
        2 | 3 => drop(chars.splice(at..at, r.pick(&PIECES).chars())),
        4 => drop(chars.splice(at..end, r.pick(&PIECES).chars())),
        5 if at + 1 < chars.len() => chars.swap(at, at + 1),
        6 => chars.truncate(at),
        7 => {
            // A piece from elsewhere.
            let from = r.below(chars.len() + 1);
            let piece: Vec<char> = chars[from..(from + r.below(60)).min(chars.len())].to_vec();
            drop(chars.splice(at..at, piece));
        }
        8 => {
            lines.remove(line);
            return lines.join("\n");
        }
        9 => {
            lines.insert(line, lines[r.below(lines.len())]);
            return lines.join("\n");
        }
        10 => {
            let other = r.below(lines.len());
            lines.swap(line, other);
            return lines.join("\n");
        }
        _ => {
            // Another indent.
            let indent = " ".repeat(r.below(7));
            let moved = format!("{indent}{}", lines[line].trim_start());
            lines[line] = &moved;
            return lines.join("\n");
        }
    }
    chars.into_iter().collect()
}
