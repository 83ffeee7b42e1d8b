//! A network between a node and the one above, on the loopback address: it carries bytes, and does harm where it is told to. It knows nothing
//! of what it carries, which is encrypted, but where a question begins: bytes that come from below after some came from above. Handshakes and
//! streams of hints are harmed like everything else.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio::sync::watch;

/// What happens to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Harm {
    /// It is held up.
    Delay,
    /// The connection breaks in the middle of it.
    CutRequest,
    /// It arrives, and the answer does not.
    DropReply,
    /// The connection breaks in the middle of the answer.
    CutReply,
    /// Somebody says it once more, on a connection of their own, where it means nothing. What arrives twice is what is asked again after
    /// its answer was lost.
    Replay,
}

impl Harm {
    pub const ALL: [Self; 5] = [Self::Delay, Self::CutRequest, Self::DropReply, Self::CutReply, Self::Replay];
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Faithful,
    Harmful,
    /// The cable is out.
    Out,
}

struct State {
    to: SocketAddr,
    mode: watch::Sender<Mode>,
    random: Mutex<u64>,
    /// Questions that were harmed.
    turn: AtomicUsize,
    done: Mutex<BTreeMap<Harm, u64>>,
}

pub struct Proxy {
    state: Arc<State>,
    address: SocketAddr,
}

impl Proxy {
    /// In front of the node at an address like `https://127.0.0.1:7480`.
    pub fn before(runtime: &Runtime, url: &str, seed: u64) -> Self {
        let to = url.split_once("://").unwrap().1.parse().unwrap();
        let mode = watch::channel(Mode::Faithful).0;
        let state =
            Arc::new(State { to, mode, random: Mutex::new(seed), turn: AtomicUsize::new(0), done: Mutex::default() });
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))).unwrap();
        let address = listener.local_addr().unwrap();
        let carrying = Arc::clone(&state);
        runtime.spawn(async move {
            while let Ok((below, _)) = listener.accept().await {
                tokio::spawn(Arc::clone(&carrying).carry(below));
            }
        });
        Self { state, address }
    }

    /// The address of the node, through here.
    pub fn url(&self, of: &str) -> String {
        format!("{}://{}", of.split_once("://").unwrap().0, self.address)
    }

    pub fn set(&self, mode: Mode) {
        self.state.mode.send_replace(mode);
    }

    /// How often each harm was done.
    pub fn done(&self) -> BTreeMap<Harm, u64> {
        self.state.done.lock().unwrap().clone()
    }
}

impl State {
    /// SplitMix64.
    fn random(&self) -> u64 {
        let mut random = self.random.lock().unwrap();
        *random = random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = *random;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// One question of three is harmed, in each way in turn; with a number that says where or how long.
    fn harm(&self) -> (Option<Harm>, usize) {
        let (which, at) = (self.random(), usize::try_from(self.random() % 10_000).unwrap());
        if *self.mode.borrow() != Mode::Harmful || !which.is_multiple_of(3) {
            return (None, at);
        }
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        (Some(Harm::ALL[turn % Harm::ALL.len()]), at)
    }

    fn did(&self, harm: Harm) {
        *self.done.lock().unwrap().entry(harm).or_insert(0) += 1;
    }

    async fn carry(self: Arc<Self>, below: TcpStream) {
        let mut mode = self.mode.subscribe();
        if *mode.borrow() == Mode::Out {
            return;
        }
        let Ok(above) = TcpStream::connect(self.to).await else { return };
        tokio::select! {
            _ = self.exchange(below, above) => {}
            _ = mode.wait_for(|mode| *mode == Mode::Out) => {}
        }
    }

    /// Carries until one end has nothing more, or a harm ends it.
    async fn exchange(&self, mut below: TcpStream, mut above: TcpStream) -> std::io::Result<()> {
        let (mut up, mut down) = (vec![0; 16_384], vec![0; 16_384]);
        let (mut question, mut answered) = (Vec::new(), 0);
        let (mut harm, mut at) = (None, 0);
        loop {
            tokio::select! {
                read = below.read(&mut up) => {
                    let bytes = &up[..read?];
                    if bytes.is_empty() {
                        return Ok(());
                    }
                    if question.is_empty() || answered > 0 {
                        (question, answered) = (Vec::new(), 0);
                        (harm, at) = self.harm();
                        if harm == Some(Harm::Delay) {
                            self.did(Harm::Delay);
                            tokio::time::sleep(Duration::from_millis(at as u64 / 25)).await;
                        }
                    }
                    let begins = question.is_empty();
                    question.extend_from_slice(bytes);
                    if harm == Some(Harm::CutRequest) && begins {
                        self.did(Harm::CutRequest);
                        return above.write_all(&bytes[..at % bytes.len()]).await;
                    }
                    above.write_all(bytes).await?;
                }
                read = above.read(&mut down) => {
                    let bytes = &down[..read?];
                    if bytes.is_empty() {
                        return Ok(());
                    }
                    match harm {
                        Some(Harm::DropReply) => {
                            self.did(Harm::DropReply);
                            return Ok(());
                        }
                        Some(Harm::CutReply) => {
                            self.did(Harm::CutReply);
                            return below.write_all(&bytes[..at % bytes.len()]).await;
                        }
                        Some(Harm::Replay) if answered == 0 => self.again(&question).await.unwrap_or_default(),
                        _ => {}
                    }
                    answered += bytes.len();
                    below.write_all(bytes).await?;
                }
            }
        }
    }

    /// Sends a question once more, on a connection of its own, and waits until something is said to it, or the connection is closed.
    async fn again(&self, question: &[u8]) -> std::io::Result<()> {
        let mut above = TcpStream::connect(self.to).await?;
        above.write_all(question).await?;
        // An alert, a greeting, or nothing.
        let _ = above.read_u8().await;
        self.did(Harm::Replay);
        Ok(())
    }
}
