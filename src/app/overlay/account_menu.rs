//! A menu of other accounts: another profile, another region, another group.

use super::menu::{Menu, MenuRow};
use crate::app::command::Command;
use crate::app::effect::AccountChoice;
use crate::app::keymap::KeyContext;
use crate::app::session::Session;
use crate::app::transition::Transition;
use crate::app::view::{Searchable, View};
use crate::domain::region::REGIONS;

/// One entry to switch to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Switch {
    Groups,
    To(AccountChoice),
}

/// The entries to switch to.
#[derive(Debug)]
pub struct AccountMenu {
    pub menu: Menu<Switch>,
}

impl AccountMenu {
    pub fn new(session: &Session) -> Self {
        let groups = "group    another group".to_owned();
        let mut rows = vec![MenuRow::new(groups, Switch::Groups)];
        if !session.launch().is_sandbox {
            let connected = session.connected();
            let profile_now = connected.and_then(|connected| connected.profile.as_deref());
            let region_now = connected.map(|connected| connected.region.as_str());
            let here = |is_here: bool| if is_here { "  (now)" } else { "" };
            let row = |text, profile: Option<&str>, region: Option<&str>| {
                let (profile, region) = (profile.map(str::to_owned), region.map(str::to_owned));
                MenuRow::new(text, Switch::To(AccountChoice { profile, region }))
            };
            let choice = session.connection().choice();
            if *choice != AccountChoice::default() {
                let text = "start    profile and region of the start".to_owned();
                rows.push(row(text, None, None));
            }
            rows.extend(session.connection().profiles().map(|profile| {
                let mark = here(profile_now == Some(profile));
                row(format!("profile  {profile}{mark}"), Some(profile), None)
            }));
            // An explicit profile would take precedence over the environment's credentials.
            let profile = choice.profile.as_deref();
            rows.extend(REGIONS.into_iter().map(|region| {
                let mark = here(region_now == Some(region));
                row(format!("region   {region}{mark}"), profile, Some(region))
            }));
        }
        Self {
            menu: Menu::new(rows),
        }
    }
}

impl View for AccountMenu {
    fn context(&self) -> KeyContext {
        KeyContext::Accounts
    }

    fn menu(&self) -> Option<&dyn Searchable> {
        Some(&self.menu)
    }

    fn menu_mut(&mut self) -> Option<&mut dyn Searchable> {
        Some(&mut self.menu)
    }

    fn execute(&mut self, command: Command, _session: &mut Session) -> Transition {
        match (command, self.menu.selected()) {
            (Command::Back, _) => Transition::Close,
            (Command::Open, Some(Switch::Groups)) => Transition::ToGroups,
            (Command::Open, Some(Switch::To(choice))) => Transition::Connect(choice.clone()),
            (_, _) => Transition::Stay,
        }
    }
}
