//! Which sheets are signed, who sits in a seat for one entry, which marks are to be given again.

use super::{Competition, Event};
use crate::coded::Seating;
use crate::fact::MarkPlace;
use crate::ids::{EntryId, JudgeId, PanelId};
use crate::register::Register;
use crate::sheet::{SheetPlace, SheetState, Sitting};

impl Event {
    /// Who sits in a seat of a panel for an entry; `None` while the seat is empty for it.
    #[must_use]
    pub fn sitting<'a>(&'a self, entry: &EntryId, panel: &str, seat: &'a JudgeId) -> Option<&'a JudgeId> {
        match self.seat_register(entry, panel, seat) {
            None => self.told_seat(entry, panel, seat).map_or(Some(seat), Option::as_ref),
            Some(register) => match register.agreed() {
                // Different answers stand side by side: nobody, until the chief judge settles it.
                None => None,
                Some(None) => Some(seat),
                Some(Some(Sitting { judge, .. })) => judge.as_ref(),
            },
        }
    }

    /// Who sits in a seat for an entry as was told by its code, where it is not the judge of the seat: somebody else, or nobody.
    pub(crate) fn told_seat(&self, entry: &EntryId, panel: &str, seat: &JudgeId) -> Option<&Option<JudgeId>> {
        self.seating(entry)?.get(&PanelId::from(panel))?.get(seat)
    }

    /// What judges' desks are told of the seats for an entry, if anything.
    fn seating(&self, entry: &EntryId) -> Option<&Seating> {
        // Nearly always nobody sits elsewhere.
        let told = self.seatings.get(entry).filter(|told| told.versions().any(|(_, one)| !one.value.is_empty()));
        told.and_then(Register::value)
    }

    /// The seat in which a judge marks an entry, by the judge whose seat it is.
    #[must_use]
    pub fn seat_of<'a>(&'a self, entry: &EntryId, panel: &str, judge: &JudgeId) -> Option<&'a JudgeId> {
        self.members(panel).iter().find(|seat| self.sitting(entry, panel, seat) == Some(judge))
    }

    /// Does a judge sit in one of these seats of a panel for some entry, as somebody said and nobody took back?
    #[must_use]
    pub fn substitutes(&self, panel: &str, judge: &JudgeId, seats: &[JudgeId]) -> bool {
        let panel = PanelId::from(panel);
        let registers = self.seats.values().filter_map(|panels| panels.get(&panel)).flatten();
        let said = registers.filter(|(seat, _)| *seat != judge && seats.contains(seat));
        said.flat_map(|(_, register)| register.standing())
            .any(|(_, version)| version.value.as_ref().is_some_and(|sitting| sitting.judge.as_ref() == Some(judge)))
    }

    /// How often a judge sits in a second seat of a panel for one entry: the marks of one person then fill one seat, and the other stays
    /// empty.
    #[must_use]
    pub fn doubled_seats(&self) -> usize {
        let doubled = |entry: &EntryId, panel: &PanelId| {
            let members = self.members(panel.as_str()).iter();
            let mut sitting: Vec<_> = members.filter_map(|seat| self.sitting(entry, panel.as_str(), seat)).collect();
            let seats = sitting.len();
            sitting.sort();
            sitting.dedup();
            seats - sitting.len()
        };
        let panels = self.seats.iter().flat_map(|(entry, panels)| panels.keys().map(move |panel| (entry, panel)));
        panels.map(|(entry, panel)| doubled(entry, panel)).sum()
    }

    /// What was said about a seat for an entry.
    #[must_use]
    pub fn seat_register(&self, entry: &EntryId, panel: &str, seat: &JudgeId) -> Option<&Register<Option<Sitting>>> {
        self.seats.get(entry)?.get(&PanelId::from(panel))?.get(seat)
    }

    /// Was anything said or told about the seats of a panel for an entry? Marks of who sat there before are then set aside.
    #[must_use]
    pub fn seats_changed(&self, entry: &EntryId, panel: &str) -> bool {
        let panel = PanelId::from(panel);
        self.seats.get(entry).is_some_and(|panels| panels.contains_key(&panel))
            || self.seating(entry).is_some_and(|told| told.contains_key(&panel))
    }

    /// Who writes the values of a module that are marked once.
    #[must_use]
    pub fn leader(&self, module: &str) -> Option<&JudgeId> {
        self.leaders.get(module)?.value()?.as_ref()
    }
}

impl Competition {
    /// Is a sheet signed? Not while it was signed and opened side by side.
    #[must_use]
    pub fn is_signed(&self, sheet: &SheetPlace) -> bool {
        matches!(self.sheets.get(sheet).and_then(Register::agreed), Some(SheetState::Signed { .. }))
    }

    /// Is this mark to be given again, and was not yet?
    #[must_use]
    pub fn awaits_rescore(&self, place: &MarkPlace) -> bool {
        let whole = MarkPlace { attempt: 1, ..place.clone() };
        let Some(Some(request)) = self.rescores.get(&whole).and_then(Register::value) else { return false };
        self.current_mark(place).iter().any(|current| request.first.contains(current))
    }
}
