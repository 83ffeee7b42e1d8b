//! What a person does and sees, the same in the browser and in the window. Elements are found by `data-testid`. What a person does is
//! counted; what is only looked at is not.

use crate::journeys::harness::{Screen, root};
use anyhow::{Context, Result, ensure};
use std::path::Path;
use std::time::{Duration, Instant};
use thirtyfour::prelude::*;

/// How long a thing may take to appear before the journey is given up; it goes on as soon as it is there.
const PATIENCE: Duration = Duration::from_secs(60);

impl Screen {
    /// Waits until `look` answers something.
    pub async fn until<T>(&self, what: &str, mut look: impl AsyncFnMut(&WebDriver) -> Option<T>) -> Result<T> {
        let started = Instant::now();
        loop {
            if let Some(found) = look(&self.driver).await {
                return Ok(found);
            }
            if started.elapsed() > PATIENCE {
                let name = what.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-");
                self.picture(&format!("failed-{name}")).await.ok();
                let text = self.driver.find(By::Tag("body")).await?.text().await.unwrap_or_default();
                anyhow::bail!("never saw {what}; on screen:\n{text}");
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// The visible element with this test id, once it is there.
    pub async fn see(&self, id: &str) -> Result<WebElement> {
        let css = format!("[data-testid='{id}']");
        self.until(id, async |driver| {
            let element = driver.find(By::Css(&css)).await.ok()?;
            element.is_displayed().await.unwrap_or(false).then_some(element)
        })
        .await
    }

    /// Clicks it once it is there and can be clicked.
    pub async fn press(&self, id: &str) -> Result<()> {
        self.press_at(&format!("[data-testid='{id}']")).await
    }

    /// As [`Self::press`], found by a selector.
    pub async fn press_at(&self, css: &str) -> Result<()> {
        self.effort.clicked(1);
        self.until(&format!("{css} to press"), async |driver| {
            let element = driver.find(By::Css(css)).await.ok()?;
            if !element.is_enabled().await.ok()? {
                return None;
            }
            if element.click().await.is_ok() {
                return Some(());
            }
            // A driver may bring it into view below a head that stays; in the middle it is clear of those.
            element.scroll_into_view().await.ok();
            None
        })
        .await
    }

    /// Puts text into a field, replacing what stands in it. A field that does not have the focus takes a click first.
    pub async fn fill(&self, id: &str, text: &str) -> Result<()> {
        let field = self.see(id).await?;
        self.effort.clicked(u32::from(!self.is_focused(id).await));
        self.effort.typed(text);
        field.clear().await?;
        field.send_keys(text).await?;
        Ok(())
    }

    /// Takes the option with this value of a list, once it is there: the list is opened, the option clicked.
    pub async fn choose(&self, id: &str, value: &str) -> Result<()> {
        self.choose_at(id, &format!("[value='{value}']")).await
    }

    /// As [`Self::choose`], the option found by a selector.
    pub async fn choose_at(&self, id: &str, option: &str) -> Result<()> {
        self.effort.clicked(2);
        let css = format!("[data-testid='{id}'] option{option}");
        self.until(&format!("{option} of {id}"), async |driver| {
            driver.find(By::Css(&css)).await.ok()?.click().await.ok()
        })
        .await
    }

    async fn is_focused(&self, id: &str) -> bool {
        let own = self.driver.execute("return document.activeElement.dataset.testid || ''", Vec::new()).await;
        own.is_ok_and(|own| own.json().as_str() == Some(id))
    }

    /// Waits until the element has the focus: what is typed next lands in it.
    pub async fn focus_in(&self, id: &str) -> Result<()> {
        self.until(&format!("the focus in {id}"), async |_| self.is_focused(id).await.then_some(())).await
    }

    /// The text of an element, once it is there. What is drawn anew between finding and reading is found again.
    pub async fn text(&self, id: &str) -> Result<String> {
        self.text_at(&format!("[data-testid='{id}']")).await
    }

    /// As [`Self::text`], found by a selector.
    pub async fn text_at(&self, css: &str) -> Result<String> {
        self.until(css, async |driver| {
            let element = driver.find(By::Css(css)).await.ok()?;
            if element.is_displayed().await.ok()? { element.text().await.ok() } else { None }
        })
        .await
    }

    /// An attribute of an element, once the element is there.
    pub async fn attribute(&self, id: &str, name: &str) -> Result<Option<String>> {
        let css = format!("[data-testid='{id}']");
        self.until(&format!("{name} of {id}"), async |driver| {
            driver.find(By::Css(&css)).await.ok()?.attr(name).await.ok()
        })
        .await
    }

    /// What stands in a field, once it is there.
    pub async fn value(&self, id: &str) -> Result<String> {
        let css = format!("[data-testid='{id}']");
        self.until(&format!("what stands in {id}"), async |driver| {
            driver.find(By::Css(&css)).await.ok()?.prop("value").await.ok()?
        })
        .await
    }

    /// What a script says of the page, once it says something.
    pub async fn told(&self, what: &str, script: &str) -> Result<String> {
        self.until(what, async |driver| {
            let said = driver.execute(script, Vec::new()).await.ok()?;
            said.json().as_str().filter(|said| !said.is_empty()).map(str::to_owned)
        })
        .await
    }

    /// Waits until the element's text contains `wanted`.
    pub async fn reads(&self, id: &str, wanted: &str) -> Result<String> {
        let css = format!("[data-testid='{id}']");
        self.until(&format!("{wanted} in {id}"), async |driver| {
            let text = driver.find(By::Css(&css)).await.ok()?.text().await.ok()?;
            text.contains(wanted).then_some(text)
        })
        .await
    }

    /// Waits until the element's attribute is `wanted`.
    pub async fn has(&self, id: &str, attribute: &str, wanted: &str) -> Result<()> {
        let css = format!("[data-testid='{id}']");
        self.until(&format!("{id} with {attribute}={wanted}"), async |driver| {
            let value = driver.find(By::Css(&css)).await.ok()?.attr(attribute).await.ok()??;
            (value == wanted).then_some(())
        })
        .await
    }

    /// Chooses a file in a file field (which may be hidden behind a button): the field is clicked, then the file.
    pub async fn choose_file(&self, id: &str, path: &Path) -> Result<()> {
        self.effort.clicked(2);
        let field =
            self.until(id, async |driver| driver.find(By::Css(format!("[data-testid='{id}']"))).await.ok()).await?;
        field.send_keys(path.to_string_lossy().as_ref()).await?;
        Ok(())
    }

    /// Types keys into whatever has the focus, as a person at the keyboard does.
    pub async fn type_keys(&self, keys: &str) -> Result<()> {
        self.effort.typed(keys);
        self.driver.action_chain().send_keys(keys).perform().await?;
        Ok(())
    }

    /// Has chief judge and supervisor confirm the results, and locks them.
    pub async fn finalise(&self) -> Result<()> {
        self.press("nav-finalise").await?;
        self.fill("confirm-chief-judge", "模拟裁判长").await?;
        self.press("confirm-chief-judge-do").await?;
        self.see("confirmed-chief-judge").await?;
        self.fill("confirm-supervisor", "模拟总监督").await?;
        self.press("confirm-supervisor-do").await?;
        self.see("confirmed-supervisor").await?;
        self.press("finalise-do").await?;
        self.has("finalising-state", "data-state", "final").await
    }
}

/// Text of a PDF, laid out, by poppler's own reader.
pub fn pdf_text(path: &Path) -> Result<String> {
    let output = std::process::Command::new("pdftotext").arg("-layout").arg(path).arg("-").output();
    let output = output.context("pdftotext (package poppler-utils) reads the documents back")?;
    ensure!(output.status.success(), "pdftotext refused {}", path.display());
    Ok(String::from_utf8(output.stdout)?)
}

/// A folder for what a journey leaves behind, empty at its start.
pub fn scratch(name: &str) -> Result<std::path::PathBuf> {
    let folder = root().join("target/journeys").join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}
