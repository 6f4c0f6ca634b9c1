//! Days since 1970 to dates and back, in the Gregorian calendar as Go extends it to all years.

/// A date and a time of day, without a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sprig) struct Civil {
    pub year: i64,
    /// 1 to 12.
    pub month: i64,
    pub day: i64,
    pub hour: i64,
    pub minute: i64,
    pub second: i64,
}

pub(super) const DAY: i64 = 86_400;

/// Days since 1970 of a date; months and days may be out of range and run over.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let months = month - 1;
    let year = year.saturating_add(months.div_euclid(12));
    let month = months.rem_euclid(12) + 1;
    // Counted from March on, leap days come last.
    let year = if month <= 2 { year - 1 } else { year };
    let shifted = (month + 9) % 12;
    let in_year = (153 * shifted + 2) / 5;
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let days = of_era * 365 + of_era / 4 - of_era / 100 + in_year;
    era.saturating_mul(146_097).saturating_add(days - 719_468).saturating_add(day - 1)
}

impl Civil {
    /// Seconds since 1970, as if in UTC.
    pub(super) fn seconds(self) -> i64 {
        days(self.year, self.month, self.day)
            .saturating_mul(DAY)
            .saturating_add(self.hour * 3600 + self.minute * 60 + self.second)
    }

    /// The date of seconds since 1970.
    pub(in crate::sprig) fn at(seconds: i64) -> Self {
        let day = seconds.div_euclid(DAY);
        let time = seconds.rem_euclid(DAY);
        let shifted = day + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let date = of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = year + era * 400 + i64::from(month <= 2);
        Self { year, month, day: date, hour: time / 3600, minute: time / 60 % 60, second: time % 60 }
    }

    /// Day of the week, Sunday as 0.
    pub(super) fn weekday(self) -> i64 {
        (days(self.year, self.month, self.day) + 4).rem_euclid(7)
    }

    /// Day of the year, from 1 on.
    pub(super) fn year_day(self) -> i64 {
        days(self.year, self.month, self.day) - days(self.year, 1, 1) + 1
    }
}

/// Days of a month.
pub(super) fn days_in(year: i64, month: i64) -> i64 {
    days(year, month + 1, 1) - days(year, month, 1)
}
