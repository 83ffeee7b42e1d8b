//! The bodies of the commands, one file an area.

mod backups;
mod bulletins;
mod bundle;
mod certificates;
mod competition;
mod desk;
mod draw;
mod erasure;
mod files;
mod findings;
mod hall;
mod headquarters;
mod hub;
mod judging;
mod layouts;
mod marks;
mod nodes;
mod pack;
mod paper;
mod parameters;
mod people;
mod quarantine;
mod readers;
mod recheck;
mod registration;
mod results;
mod scans;
mod scheme;
mod screen;
mod standby;
pub(crate) mod start;
mod sync;

/// Writes `impl Body` with less ceremony: `body!(Command, |command, app, lang| …)`.
macro_rules! body {
    ($command:ty, |$own:ident, $app:ident, $lang:pat_param| $body:expr) => {
        body!(@ false $command, |$own, $app, $lang| $body);
    };
    // It takes the gate itself.
    (outside $command:ty, |$own:ident, $app:ident, $lang:pat_param| $body:expr) => {
        body!(@ true $command, |$own, $app, $lang| $body);
    };
    (@ $outside:literal $command:ty, |$own:ident, $app:ident, $lang:pat_param| $body:expr) => {
        impl crate::Body for $command {
            const OUTSIDE: bool = $outside;

            async fn run(
                self,
                $app: crate::App,
                $lang: jiangsai_locales::Lang,
            ) -> Result<<Self as jiangsai_domain::command::Command>::Reply, crate::failure::Failure> {
                let $own = self;
                $body
            }
        }
    };
}
use body;
