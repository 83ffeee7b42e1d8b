//! Who may call what. This is the one place that decides it.
//!
//! Until people sign in (启用人员登录), one person runs one computer (单机简易模式) and holds every role; the log names the actor `operator`.
//! From then on every command of the competition is somebody's who signed in, in a role that was granted at this computer. What a judge does at
//! a desk goes by the desk's own token.
//!
//! Before any of that stands the door. Whoever sits at this computer is inside. Whoever comes in by a browser from elsewhere has an account (帐号): one
//! that may work is then where somebody at this computer is, one that may look calls what changes nothing, and nobody without one calls anything.

use crate::accounts::Entered;
use crate::desks::Desk;
use crate::failure::Failure;
use crate::people::{Signed, public};
use crate::{App, Boxed};
use jiangsai_domain::account::{ACCOUNT_NEEDED, May};
use jiangsai_domain::authority::{self, By};
use jiangsai_domain::command::{Kind, Needs, Role};
use jiangsai_domain::decide::people::works_at;
use jiangsai_domain::envelope::{Draft, Refusal};
use jiangsai_domain::ids::{Actor, CompetitionId};
use jiangsai_domain::people::{self, Signer};
use std::collections::BTreeSet;
use std::sync::Arc;

/// By which door.
#[derive(Clone, Default)]
enum Door {
    /// From this computer: its window, its browser, its terminal.
    #[default]
    Inside,
    /// From elsewhere, with an account.
    Account(Arc<Entered>),
    /// From elsewhere, without.
    Shut,
}

impl Door {
    /// May somebody behind it call a command of this kind?
    fn lets(&self, kind: Kind) -> Result<(), Refusal> {
        match self {
            Self::Inside => Ok(()),
            Self::Account(entered) => match (entered.may(), kind) {
                (May::Work, _) | (May::Look, Kind::Query) => Ok(()),
                (May::Look, Kind::Mutation) => Err(Refusal::new("look-only")),
            },
            Self::Shut => Err(Refusal::new(ACCOUNT_NEEDED)),
        }
    }
}

/// Who asks.
#[derive(Clone, Default)]
pub(crate) struct Caller {
    door: Door,
    /// What was asked with: tokens of people signed in, with spaces between.
    tokens: Option<Arc<str>>,
    /// The program itself asks, behind a door of its own, or whoever holds the data folder alone.
    own: bool,
    /// Who acts, where people sign in.
    pub signed: Option<Arc<Signed>>,
    /// The judge who acts, at a desk.
    pub desk: Option<Desk>,
    /// What the command needs that is asked for.
    needs: Option<Needs>,
}

impl Caller {
    /// Whoever has these tokens.
    pub(crate) fn with(tokens: Option<&str>) -> Self {
        Self { tokens: tokens.filter(|tokens| !tokens.is_empty()).map(Arc::from), ..Self::default() }
    }

    /// A browser from elsewhere: with an account, or without.
    pub(crate) fn at_door(entered: Option<Arc<Entered>>, tokens: Option<&str>) -> Self {
        Self { door: entered.map_or(Door::Shut, Door::Account), ..Self::with(tokens) }
    }

    /// The program itself.
    pub(crate) fn own() -> Self {
        Self { own: true, ..Self::default() }
    }

    /// Who acts, in records.
    pub(crate) fn actor(&self) -> Actor {
        self.signed.as_ref().map_or_else(|| Actor::from("operator"), |signed| people::actor(&signed.officer))
    }

    /// Do the command and the table of who may write what say the same: may everybody who may call it write what it writes? Looked at where
    /// the program is tested; elsewhere a difference shows where it matters, in what the state makes of the facts.
    ///
    /// # Errors
    /// Which fact somebody may not write who may call the command.
    pub(crate) fn agrees(&self, drafts: &[Draft]) -> Result<(), Failure> {
        let Some(Needs::AnyOf(roles)) = self.needs.filter(|_| cfg!(debug_assertions)) else { return Ok(()) };
        let mut callers = roles.iter().filter(|role| Role::GRANTED.contains(role));
        let may = |role: &Role, draft: &Draft| match authority::officers(&draft.fact) {
            By::Roles(writers) => writers.contains(role),
            By::Anybody | By::Approval => true,
        };
        match callers.find_map(|role| Some((role, drafts.iter().find(|draft| !may(role, draft))?))) {
            Some((role, draft)) => {
                Err(Failure::Internal(format!("{} does not write {}", role.name(), draft.fact.kind())))
            }
            None => Ok(()),
        }
    }
}

impl App {
    /// What goes on by itself, for nobody.
    pub(crate) fn of(inner: Arc<crate::Inner>) -> Self {
        Self(inner, Caller::default())
    }

    /// As it is, for a judge at a desk.
    pub(crate) fn at_desk(&self, desk: Desk) -> Self {
        self.called_by(Caller { desk: Some(desk), ..self.1.clone() })
    }

    /// As it is, for somebody else.
    pub(crate) fn called_by(&self, caller: Caller) -> Self {
        Self(Arc::clone(&self.0), caller)
    }

    /// As it is, for whoever asks as who the person is, if the person may call a command like this. Behind a pointer: every command asks.
    ///
    /// # Errors
    /// `account-needed`, `look-only`, `sign-in-needed`, `role-needed` with the roles that are wanted and those of the person, what the store says.
    #[inline(never)]
    pub(crate) fn authorised<'a>(
        &'a self,
        needs: Needs,
        kind: Kind,
        competition: Option<&'a CompetitionId>,
    ) -> Boxed<'a, Result<Self, Failure>> {
        Box::pin(async move {
            self.1.door.lets(kind)?;
            if let (Door::Account(entered), Kind::Mutation) = (&self.1.door, kind) {
                self.acts_at_door(entered).await?;
            }
            let signed = match (needs, competition) {
                // Nobody has to be known, but may be.
                (Needs::Anyone | Needs::Desk, competition) => competition.and_then(|id| self.signed(id)),
                (needs, Some(id)) => self.in_competition(id, needs).await?,
                (needs, None) => {
                    self.at_computer(needs).await?;
                    None
                }
            };
            if let Some(signed) = signed.as_ref().filter(|_| kind == Kind::Mutation && needs != Needs::Anyone) {
                self.0.people.acts(signed, self.0.host.now_ms());
            }
            Ok(self.called_by(Caller { signed, needs: Some(needs), ..self.1.clone() }))
        })
    }

    /// As it is, in the name of whoever asks and is signed in for a competition: a command of the whole computer says something in each.
    pub(crate) fn in_name_of(&self, competition: &CompetitionId) -> Self {
        self.called_by(Caller { signed: self.signed(competition), ..self.1.clone() })
    }

    /// Who is signed in for a competition, of whoever asks.
    fn signed(&self, competition: &CompetitionId) -> Option<Arc<Signed>> {
        let tokens = self.1.tokens.as_deref()?;
        self.0.people.find(tokens, competition, self.0.host.now_ms())
    }

    /// Who may do this in a competition; `None` where nobody signs in.
    async fn in_competition(&self, id: &CompetitionId, needs: Needs) -> Result<Option<Arc<Signed>>, Failure> {
        if self.1.own {
            return Ok(None);
        }
        let live = self.look(id).await?;
        if !live.state.people.signs_in() {
            return Ok(None);
        }
        let signed = self.signed(id).ok_or(Refusal::new("sign-in-needed"))?;
        // Whoever no longer works here, or not at this computer, is not signed in any more.
        let officer = works_at(&live.state, &signed.officer, &self.node_key());
        may(needs, &officer.map_err(|_| Refusal::new("sign-in-needed"))?.roles)?;
        // Nor is whoever came in with a key that was revoked since.
        let signer = Signer::Officer(signed.officer.clone());
        if !live.state.people.trust().holds(&public(&signed.key), &signer, &self.node_key()) {
            return Err(Refusal::new("sign-in-needed").into());
        }
        Ok(Some(signed))
    }

    /// A command of the whole computer: whoever may do this in any of its competitions where people sign in.
    async fn at_computer(&self, needs: Needs) -> Result<(), Failure> {
        if self.1.own {
            return Ok(());
        }
        // Where the data cannot say who signs in, nobody can: a backup is brought back by whoever is there.
        let unread = |failure: &Failure| tracing::warn!(cause = %failure, "who signs in could not be read");
        let signing_in = self.signing_in().await.inspect_err(unread).unwrap_or_default();
        let mut refused = None;
        for id in signing_in {
            match self.in_competition(&id, needs).await {
                Ok(_) => return Ok(()),
                // It is not here any more.
                Err(Failure::Refused(why)) if why.code == "no-competition" => {}
                Err(Failure::Refused(why)) => {
                    // What a person who is signed in lacks says more than that nobody is.
                    if refused.as_ref().is_none_or(|before: &Refusal| before.code == "sign-in-needed") {
                        refused = Some(why);
                    }
                }
                Err(failure) => unread(&failure),
            }
        }
        refused.map_or(Ok(()), |why| Err(why.into()))
    }
}

/// Does one of these roles fit?
fn may(needs: Needs, held: &BTreeSet<Role>) -> Result<(), Refusal> {
    let Needs::AnyOf(roles) = needs else { return Ok(()) };
    if roles.iter().any(|role| held.contains(role)) {
        return Ok(());
    }
    let keys = |roles: &mut dyn Iterator<Item = &Role>| roles.map(|role| role.key()).collect::<Vec<_>>().join(" ");
    // A role that nobody is granted would not help.
    let mut wanted = roles.iter().filter(|role| Role::GRANTED.contains(role));
    Err(Refusal::new("role-needed").with("roles", keys(&mut wanted)).with("held", keys(&mut held.iter())))
}
