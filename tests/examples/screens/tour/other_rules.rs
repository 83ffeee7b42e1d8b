//! Rules of other kinds: answers and times, a team relay, judges compared with each other.

use crate::seeded;
use crate::walker::Walker;
use anyhow::Result;

pub async fn walk(walker: &mut Walker) -> Result<()> {
    for (rulebook, title, sheets) in [
        ("rice-wine-sample-2", "模拟黄酒业职业技能竞赛", &[1_usize, 4][..]),
        ("team-relay", "模拟团体接力赛", &[0]),
        ("skating-system", "模拟国际标准舞比赛", &[0]),
        ("worldskills-scale", "模拟世界技能大赛选拔赛", &[0]),
    ] {
        let id = seeded::competition(walker, rulebook, title, 9, true).await?;
        let go = format!("location.hash = '#/c/{id}/home'");
        walker.screen.driver.execute(&go, Vec::new()).await?;
        walker.screen.reads("bar-title", title).await?;
        walker.page("rules").await?;
        walker.show(&format!("{rulebook}-rules")).await?;
        walker.page("marks").await?;
        for sheet in sheets {
            walker.screen.press(&format!("marks-choice-{sheet}")).await?;
            walker.screen.press("cell-1-0").await?;
            walker.show(&format!("{rulebook}-marks-{sheet}")).await?;
        }
        walker.page("standings").await?;
        walker.screen.see("standings-row-0").await?;
        walker.show(&format!("{rulebook}-standings")).await?;
    }
    let go = "location.hash = '#/c/no-such-competition/home'";
    walker.screen.driver.execute(go, Vec::new()).await?;
    walker.screen.see("fault").await?;
    walker.show("no-such-competition").await
}
