//! What the ways of a record say of periods and fees, as far as it can be read exactly.

use super::record::{Record, StatedPeriod, Way};

/// The channels of a catalogue, as the vocabulary names them.
pub const CHANNELS: [&str; 3] = ["online", "in_person", "post"];

/// Amounts below this are no đồng: the catalogue means thousands, or a rate, and does not say which.
const LEAST_AMOUNT: u64 = 1_000;

/// Something stated of some channels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// The channels.
    pub channels: Vec<&'static str>,
    /// What it is.
    pub reading: Reading,
}

/// What is read of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// As a rule file writes it.
    Exact(String),
    /// The words of the record, which cannot be read exactly.
    Unclear(String),
    /// Nothing is stated.
    Nothing,
}

/// The channels a record offers, in a fixed order, and those that are unknown to the vocabulary.
pub fn channels(record: &Record) -> (Vec<&'static str>, Vec<&str>) {
    let offered = CHANNELS.into_iter().filter(|channel| record.ways.iter().any(|way| way.channel == *channel)).collect();
    let others = record.ways.iter().map(|way| &*way.channel).filter(|channel| !CHANNELS.contains(channel)).collect();
    (offered, others)
}

/// The periods of a record, channels with the same one together.
pub fn periods(record: &Record) -> Vec<Stated> {
    stated(record, |way| way.period.as_ref().map_or(Reading::Nothing, period), |way| way.period.as_ref().map(words))
}

/// The fees of a record, channels with the same one together.
pub fn fees(record: &Record) -> Vec<Stated> {
    stated(record, |way| way.fee.as_deref().map_or(Reading::Nothing, fee), |way| way.fee.clone())
}

fn stated(record: &Record, read: impl Fn(&Way) -> Reading, quote: impl Fn(&Way) -> Option<String>) -> Vec<Stated> {
    let mut all: Vec<Stated> = Vec::new();
    for channel in channels(record).0 {
        let ways: Vec<&Way> = record.ways.iter().filter(|way| way.channel == channel).collect();
        let mut readings: Vec<Reading> = Vec::new();
        for reading in ways.iter().map(|way| read(way)) {
            if !readings.contains(&reading) {
                readings.push(reading);
            }
        }
        let reading = match readings.as_slice() {
            [one] => one.clone(),
            // Several ways of one channel, and nothing tells which case each is for.
            _ => Reading::Unclear(ways.iter().map(|way| quote(way).unwrap_or_else(|| "-".to_owned())).collect::<Vec<_>>().join("; ")),
        };
        match all.iter_mut().find(|stated| stated.reading == reading) {
            Some(stated) => stated.channels.push(channel),
            None => all.push(Stated { channels: vec![channel], reading }),
        }
    }
    all
}

fn period(stated: &StatedPeriod) -> Reading {
    let count = whole(&stated.value).filter(|count| *count > 0);
    let (unit, most) = match stated.unit.as_deref() {
        Some("working_days") => ("working days", 1_000),
        Some("days") => ("days", 1_000),
        Some("months") => ("months", 120),
        Some("hours") => ("hours", 1_000),
        _ => return Reading::Unclear(words(stated)),
    };
    match count {
        Some(count) if count <= most => Reading::Exact(format!("{count} {unit}")),
        _ => Reading::Unclear(words(stated)),
    }
}

fn words(period: &StatedPeriod) -> String {
    format!("{} {}", period.value, period.unit.as_deref().unwrap_or("(không có đơn vị)"))
}

fn fee(stated: &str) -> Reading {
    match whole(stated) {
        Some(amount) if amount == 0 || amount >= LEAST_AMOUNT => Reading::Exact(amount.to_string()),
        _ => Reading::Unclear(stated.to_owned()),
    }
}

/// A whole number written with digits alone and no zero before them.
fn whole(text: &str) -> Option<u64> {
    let plain = text == "0" || (text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0') && text.len() <= 12);
    if plain { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::super::records;
    use super::{Reading, fees, periods};

    fn shown(ways: &str) -> (String, String) {
        let line = format!("{{\"code\": \"1.1\", \"name\": \"A\", \"ways\": {ways}}}");
        let record = &records(&line).unwrap()[0];
        let words = |all: Vec<super::Stated>| {
            let one = |stated: super::Stated| {
                let reading = match stated.reading {
                    Reading::Exact(text) => text,
                    Reading::Unclear(text) => format!("?{text}"),
                    Reading::Nothing => "-".to_owned(),
                };
                format!("{}: {reading}", stated.channels.join("+"))
            };
            all.into_iter().map(one).collect::<Vec<_>>().join(", ")
        };
        (words(periods(record)), words(fees(record)))
    }

    #[test]
    fn what_is_stated_exactly_is_read() {
        let ways = r#"[{"channel":"post","period":{"value":"60","unit":"days"},"fee":"70000"},{"channel":"online","period":{"value":"60","unit":"days"},"fee":"0"}]"#;
        assert_eq!(shown(ways), ("online+post: 60 days".to_owned(), "online: 0, post: 70000".to_owned()));
    }

    #[test]
    fn what_is_not_keeps_its_words() {
        let ways = r#"[{"channel":"online","period":{"value":"5","unit":null},"fee":"50"},{"channel":"post","period":{"value":"1.5","unit":"working_days"}}]"#;
        assert_eq!(shown(ways), ("online: ?5 (không có đơn vị), post: ?1.5 working_days".to_owned(), "online: ?50, post: -".to_owned()));
        let ways = r#"[{"channel":"online","period":{"value":"5","unit":"days"}},{"channel":"online","period":{"value":"7","unit":"days"}}]"#;
        assert_eq!(shown(ways), ("online: ?5 days; 7 days".to_owned(), "online: -".to_owned()));
        assert_eq!(shown(r#"[{"channel":"online","period":{"value":"0","unit":"days"},"fee":"1.000"}]"#).0, "online: ?0 days");
    }
}
