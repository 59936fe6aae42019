//! The moment on a receipt.

use crate::value::{Date, DateTime, Offset, Time};

/// A day and a second of it, local time of Vietnam (UTC+07:00). The order is that of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// The day.
    pub date: Date,
    /// Seconds since midnight, 0 to 86399.
    pub second: u32,
}

/// Seconds of a day.
pub(super) const DAY: u32 = 86_400;

const VIETNAM_SECONDS: i32 = 7 * 3600;

impl Stamp {
    /// A stamp at a whole minute since midnight; later minutes than a day has count as its last second.
    #[must_use]
    pub fn new(date: Date, minute: u32) -> Stamp {
        Stamp { date, second: minute.saturating_mul(60).min(DAY - 1) }
    }

    /// The stamp of a date and time, fractions of a second dropped. A time without an offset is local; `None` for a named
    /// zone other than Vietnam's own, whose offset is not known here.
    #[must_use]
    pub fn of(moment: &DateTime) -> Option<Stamp> {
        let offset = match &moment.time.offset {
            None => VIETNAM_SECONDS,
            Some(Offset::Seconds(seconds)) => *seconds,
            Some(Offset::Zone(zone)) if matches!(&**zone, "Asia/Ho_Chi_Minh" | "Asia/Saigon") => VIETNAM_SECONDS,
            Some(Offset::Zone(_)) => return None,
        };
        let (hour, minute, second) = moment.time.hms();
        let local = i64::from(hour * 3600 + minute * 60 + second) + i64::from(VIETNAM_SECONDS) - i64::from(offset);
        let days = i32::try_from(local.div_euclid(DAY.into())).ok()?;
        Some(Stamp { date: moment.date.plus_days(days), second: local.rem_euclid(DAY.into()) as u32 })
    }

    /// The same as a local date and time.
    #[must_use]
    pub fn to_datetime(self) -> DateTime {
        let nanos = u64::from(self.second.min(DAY - 1)) * 1_000_000_000;
        DateTime::new(self.date, Time { nanos, offset: None })
    }
}
