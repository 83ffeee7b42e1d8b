//! Ranking, awards and honours that cannot do what they say.

use super::spans::Spans;
use super::{Lint, LintCode};
use crate::rulebook::{AwardTies, TierTake, Ties};

pub(super) fn find(spans: &Spans<'_>, lints: &mut Vec<Lint>) {
    let book = spans.book;
    if book.ranking.ties == Ties::Ordinal && book.ranking.last.is_decided() {
        lints.push(Lint::new("/ranking/last", LintCode::DecisionWithoutTies));
    }
    let tiers = || book.awards.iter().flat_map(|awards| &awards.tiers);
    let empty = |id: &str| {
        tiers().any(|tier| {
            let without = match &tier.take {
                TierTake::Count(count) => *count == 0,
                TierTake::Percent(percent) => percent.is_zero(),
                TierTake::Everybody {} => false,
            };
            tier.id == id && (without || tier.only.as_ref().is_some_and(|only| spans.never(only, &|_| false)))
        })
    };
    for (index, tier) in tiers().enumerate() {
        let place = match &tier.take {
            TierTake::Count(0) => Some("count"),
            TierTake::Percent(percent) if percent.is_zero() => Some("percent"),
            TierTake::Count(_) | TierTake::Percent(_) | TierTake::Everybody {} => None,
        };
        if let Some(place) = place {
            let path = format!("/awards/tiers/{index}/take/{place}");
            lints.push(Lint::new(path, LintCode::EmptyAward).with("id", &tier.id));
        }
        if tier.only.as_ref().is_some_and(|only| spans.never(only, &empty)) {
            lints.push(Lint::new(format!("/awards/tiers/{index}/only"), LintCode::NobodysAward).with("id", &tier.id));
        }
    }
    if let Some(awards) = &book.awards
        && awards.tolerance.is_some()
        && awards.ties != AwardTies::Higher
    {
        lints.push(Lint::new("/awards/ties", LintCode::TiesWithTolerance));
    }
    if let Some(awards) = &book.awards
        && awards.ties == AwardTies::Settle
        && awards.tolerance.is_none()
        && book.ranking.ties != Ties::Ordinal
        && !book.ranking.last.is_decided()
    {
        lints.push(Lint::new("/awards/ties", LintCode::UndecidedTies));
    }
    for (index, honour) in book.honours.iter().enumerate().filter(|(_, honour)| spans.never(&honour.to, &empty)) {
        lints.push(Lint::new(format!("/honours/{index}/to"), LintCode::NobodysHonour).with("id", &honour.id));
    }
}
