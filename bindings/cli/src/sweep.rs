//! The values of a sweep: `6,8,10`, `6..12`, `6..12:0.5`, `2026-01-01..2026-12-01:1m`.

use thutuc::value::{Date, Decimal, MonthsDuration, Value, add};

/// More values than this are a slip of the keyboard.
const MOST: usize = 10_000;

/// The values that a text names, each as it would be written.
pub fn swept_values(text: &str) -> Result<Vec<String>, String> {
    let mut values = Vec::new();
    for part in text.split(',').map(str::trim) {
        match part.split_once("..") {
            None => values.push(part.to_owned()),
            Some((first, rest)) => {
                let (last, step) = rest.split_once(':').map_or((rest, None), |(last, step)| (last, Some(step)));
                values.extend(range(first, last, step).map_err(|why| format!("`{part}`: {why}"))?);
            }
        }
    }
    Ok(values)
}

fn range(first: &str, last: &str, step: Option<&str>) -> Result<Vec<String>, &'static str> {
    if let (Some(first), Some(last)) = (Date::parse(first), Date::parse(last)) {
        return days(first, last, step.unwrap_or("1d"));
    }
    let number = |text: &str| Decimal::parse(text).ok_or("a range is of numbers or of days");
    let (mut at, last, step) = (number(first)?, number(last)?, number(step.unwrap_or("1"))?);
    if step <= Decimal::from_i64(0) {
        return Err("the step must be above 0");
    }
    let mut values = Vec::new();
    while at <= last {
        values.push(at.to_string());
        at = at.checked_add(step).filter(|_| values.len() < MOST).ok_or("that are too many values")?;
    }
    Ok(values)
}

fn days(first: Date, last: Date, step: &str) -> Result<Vec<String>, &'static str> {
    const WRONG: &str = "the step of days is written `7d`, `1m` or `1y`";
    let unit = step.chars().last().ok_or(WRONG)?;
    let number: i32 = step.strip_suffix(unit).and_then(|number| number.parse().ok()).filter(|number| *number > 0).ok_or(WRONG)?;
    let months = match unit {
        'd' => None,
        'm' => Some(number),
        'y' => number.checked_mul(12),
        _ => return Err(WRONG),
    };
    let mut values = Vec::new();
    // Counted from the first day, so that the last days of months do not creep forward.
    for times in 0..=MOST as i32 {
        let day = match months {
            None => times.checked_mul(number).map(|days| first.plus_days(days)),
            Some(months) => times.checked_mul(months).and_then(|months| later(first, months)),
        };
        match day.filter(|day| *day <= last) {
            Some(day) => values.push(day.to_string()),
            None => return Ok(values),
        }
    }
    Err("that are too many values")
}

fn later(day: Date, months: i32) -> Option<Date> {
    let months = MonthsDuration::parse(&format!("P{months}M"))?;
    if let Value::Date(day) = add(&Value::Date(day), &Value::Months(months)) { Some(day) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_written_out() {
        assert_eq!(swept_values("6,8,10").unwrap(), ["6", "8", "10"]);
        assert_eq!(swept_values("6..7:0.5").unwrap(), ["6", "6.5", "7"]);
        assert_eq!(swept_values("2026-01-31..2026-04-30:1m").unwrap(), ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]);
        assert_eq!(swept_values("2026-01-01..2026-01-20:7d").unwrap(), ["2026-01-01", "2026-01-08", "2026-01-15"]);
        assert_eq!(swept_values("true,false").unwrap(), ["true", "false"]);
        for wrong in ["6..a", "6..12:0", "2026-01-01..2026-02-01:1w", "0..99999999"] {
            assert!(swept_values(wrong).is_err(), "{wrong}");
        }
    }
}
