//! The day of a commit, worked out without a clock, a time zone or a locale.

/// The day in UTC, as `YYYY-MM-DD`, of a time in seconds since 1970. Any number has an answer.
pub(super) fn day(time: i64) -> String {
    // The proleptic Gregorian calendar in eras of 400 years that begin on a 1 March, so that the leap day comes last.
    let days = time.div_euclid(86_400) + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// The month in UTC, as `YYYY-MM`.
pub(super) fn month(time: i64) -> String {
    let mut day = day(time);
    day.truncate(day.len() - "-DD".len());
    day
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_its_day() {
        for (time, expected) in [
            (0, "1970-01-01"),
            (-1, "1969-12-31"),
            (951_782_399, "2000-02-28"),
            (951_782_400, "2000-02-29"),
            (951_868_800, "2000-03-01"),
            (1_709_164_800, "2024-02-29"),
            (1_735_689_599, "2024-12-31"),
            (4_107_542_400, "2100-03-01"),
        ] {
            assert_eq!(day(time), expected);
        }
    }

    #[test]
    fn a_month_is_a_day_without_its_last_part() {
        assert_eq!(month(951_782_399), "2000-02");
    }

    #[test]
    fn the_ends_of_time_have_a_day_too() {
        assert!(day(i64::MAX).ends_with("-04"));
        assert!(day(i64::MIN).starts_with('-'));
    }
}
