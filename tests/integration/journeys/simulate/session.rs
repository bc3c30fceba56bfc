//! One session: a person, a network, other people and a power switch, thrown together by the dice.

use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use greengroup::app::Launch;
use greengroup::app::event::Event;
use greengroup::app::work::Work;
use greengroup::domain::{DefinitionKind, Draft};
use greengroup::sandbox::{Fault, Operation, PageSizes};
use tokio::time::Instant;

use super::ledger::Ledger;
use super::program::{BEGAN, Program, RESPONSE_LIMIT};
use super::seed::Dice;
use super::tally::Tally;
use super::trail::Trail;
use super::{person, world};

/// How rough a session is, in percent of its steps.
struct Temper {
    faults: usize,
    others: usize,
    restarts: usize,
    holds: usize,
    /// How often the disk fills up or is emptied.
    disk: usize,
    /// How often the terminal vanishes.
    vanishes: usize,
}

/// Puts the steps so far where they can be read after a panic.
struct Recorded<'a> {
    program: Option<Program>,
    log: &'a Mutex<Option<Trail>>,
}

impl Drop for Recorded<'_> {
    fn drop(&mut self) {
        if let Some(trail) = self
            .program
            .as_mut()
            .and_then(|program| program.trail.take())
        {
            *self.log.lock().unwrap() = Some(trail);
        }
    }
}

impl Recorded<'_> {
    fn program(&mut self) -> &mut Program {
        self.program.as_mut().unwrap()
    }
}

pub(super) async fn run(
    seed: u64,
    folder: &Path,
    tells: bool,
    log: &Mutex<Option<Trail>>,
) -> Tally {
    let mut dice = Dice::new(seed);
    let began = Instant::now();
    let sandbox = world::sandbox(seed, BEGAN);
    sandbox.set_pages(PageSizes {
        list: dice.one_of(&[1, 2, 100, 100, 100]),
        content: 200,
    });
    let limit = throttled(seed);
    if let Some(per_second) = limit {
        sandbox.throttle_above(f64::from(per_second), per_second);
    }
    let faults = dice.one_of(&[0, 3, 10]);
    let temper = Temper {
        faults: if limit.is_some() { 0 } else { faults },
        others: dice.one_of(&[0, 4, 12]),
        restarts: dice.one_of(&[0, 1, 2]),
        holds: dice.one_of(&[0, 0, 3]),
        disk: dice.one_of(&[0, 0, 0, 3]),
        vanishes: dice.one_of(&[0, 0, 1]),
    };
    let ledger = Ledger::new(&sandbox);
    let launch = some_launch(&mut dice);
    let mut program = Program::start(sandbox, ledger, folder, launch, began);
    program.trail = tells.then(Trail::new);
    let mut recorded = Recorded {
        program: Some(program),
        log,
    };
    for _ in 0..dice.one_of(&[15, 30, 60]) {
        step(recorded.program(), &temper, &mut dice).await;
        if recorded.program().exit.is_some() {
            recorded.program().end().await;
        }
        if recorded.program().exit.is_some() || dice.below(1000) < temper.restarts * 10 {
            let launch = some_launch(&mut dice);
            restart(&mut recorded, folder, launch, began).await;
        }
    }
    finish(recorded.program(), &mut dice).await;
    come_back(&mut recorded, folder, began).await;
    recorded.program().ledger.tally
}

/// More than a hundred of the accounts throttle, and nothing else goes wrong there: requests a second, the burst too.
const fn throttled(seed: u64) -> Option<u32> {
    match seed % 12 {
        0 | 6 => Some(2),
        2 | 8 => Some(5),
        4 => Some(10),
        _ => None,
    }
}

fn some_launch(dice: &mut Dice) -> Launch {
    let group = dice.chance(70).then(|| {
        dice.one_of(&["alpha", "alpha", "alpha", "beta", "gamma"])
            .to_owned()
    });
    Launch {
        group,
        read_only: dice.chance(3),
        dry_run: dice.chance(3),
        is_sandbox: true,
        ..Launch::default()
    }
}

/// Kills the program and starts another on the same account and the same files.
async fn restart(recorded: &mut Recorded<'_>, folder: &Path, launch: Launch, began: Instant) {
    recorded.program().set_disk_full(false).await;
    let (sandbox, mut ledger, trail) = recorded.program.take().unwrap().kill();
    ledger.tally.restarts += 1;
    let mut program = Program::start(sandbox, ledger, folder, launch, began);
    program.trail = trail;
    program.tell(|| "a new program".to_owned());
    recorded.program = Some(program);
}

async fn step(program: &mut Program, temper: &Temper, dice: &mut Dice) {
    if dice.chance(temper.faults) {
        something_breaks(program, dice);
    }
    let open = program.app.session.work().and_then(Work::draft);
    let weight = if open.is_some_and(Draft::differs) {
        4
    } else {
        1
    };
    if dice.chance(weight * temper.others)
        && let Some((group, version)) = world::someone_acts(&program.sandbox, open, dice)
    {
        program.ledger.someone_created(&group);
        program.tell(|| format!("someone creates {version} in {group}"));
    }
    if dice.chance(temper.disk) {
        let is_full = !program.ledger.is_disk_full;
        program.set_disk_full(is_full).await;
    }
    if dice.chance(temper.vanishes) {
        program.feed(Event::Terminated);
    }
    if dice.chance(temper.holds) {
        program.hold();
    } else if dice.chance(20) {
        program.release(dice);
    }
    match dice.below(100) {
        0..=59 => {
            let event = person::act(&program.app, dice);
            program.feed(event);
        }
        60..=69 => program.take_one().await,
        70..=94 => program.wait(dice.milliseconds(700)).await,
        95..=98 => program.wait(dice.milliseconds(30_000)).await,
        _ => program.feed(if dice.chance(20) {
            Event::Terminated
        } else {
            Event::Ticked
        }),
    }
    if dice.chance(75) {
        program.wait(dice.milliseconds(400)).await;
    }
}

fn something_breaks(program: &mut Program, dice: &mut Dice) {
    let fault = match dice.below(22) {
        0 => Fault::Delay(dice.milliseconds(3_000)),
        1 => Fault::Delay(dice.milliseconds(60_000)),
        2 => Fault::Throttle,
        3 => Fault::ServerError,
        4 => Fault::Deny,
        5 => Fault::ExpiredToken,
        6 => Fault::Html,
        7 => Fault::HtmlNotFound,
        8 => Fault::Garbage,
        9 => Fault::Unreachable,
        10 => Fault::CutBefore,
        11 => Fault::CutAfter,
        12 => Fault::Hang,
        13 => Fault::ServerErrorAfter,
        14 => Fault::Huge(RESPONSE_LIMIT + 1),
        15 => Fault::ThrottleAfter,
        16 => Fault::GatewayThrottleAfter,
        17 => Fault::Empty,
        18 => Fault::EmptyAfter,
        19 => Fault::OtherGroup,
        20 => Fault::OtherGroupAfter,
        _ => Fault::HangAfter,
    };
    let kind = dice.one_of(&DefinitionKind::ALL);
    let operation = match dice.below(16) {
        0..=4 => Some(Operation::CreateGroupVersion),
        5 => Some(Operation::GetGroup),
        6 => Some(Operation::ListGroupVersions),
        7 => Some(Operation::GetGroupVersion),
        8 => Some(Operation::GetCallerIdentity),
        9 => Some(Operation::ListDefinitions(kind)),
        10 => Some(Operation::GetDefinitionVersion(kind)),
        11 => Some(Operation::CreateDeployment),
        12 => Some(Operation::ResetDeployments),
        13 => Some(Operation::GetDeploymentStatus),
        14 => Some(Operation::ListDeployments),
        _ => None,
    };
    let times = dice.weighted(&[(6, 1), (2, 2), (1, 6)]);
    program.tell(|| format!("ordered for {operation:?}: {times} x {fault:?}"));
    if dice.chance(30) {
        program.sandbox.set_delay(dice.milliseconds(900));
    }
    program.sandbox.fail(operation, times, fault);
}

/// Everything comes to rest: what is under way ends, and what is shown is true at last.
async fn finish(program: &mut Program, dice: &mut Dice) {
    program.sandbox.clear_faults();
    program.sandbox.set_delay(Duration::ZERO);
    program.set_disk_full(false).await;
    program.release(dice);
    program.wait(Duration::from_secs(300)).await;
    program.judge_rest();
    program.feed(Event::Terminated);
    program.end().await;
}

/// The next programs on the same files: every draft that was left is offered, and taken up.
async fn come_back(recorded: &mut Recorded<'_>, folder: &Path, began: Instant) {
    for group in recorded.program().ledger.left_behind() {
        let launch = Launch {
            group: Some(group.to_string()),
            is_sandbox: true,
            ..Launch::default()
        };
        restart(recorded, folder, launch, began).await;
        let program = recorded.program();
        program.wait(Duration::from_secs(20)).await;
        program.feed(Event::Key(person::key("<Enter>")));
        program.wait(Duration::from_millis(100)).await;
        program.ledger.is_resumed(&group, &program.app);
        assert_eq!(program.exit, None);
    }
}
