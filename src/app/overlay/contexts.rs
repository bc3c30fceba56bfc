//! Where one could work instead: another profile, another region, another group.

use super::menu::{Menu, MenuRow};
use crate::app::command::Command;
use crate::app::effect::ContextChoice;
use crate::app::session::Session;
use crate::app::transition::Transition;
use crate::domain::region::REGIONS;

/// One thing to switch to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Switch {
    Groups,
    To(ContextChoice),
}

/// The places to switch to.
#[derive(Debug)]
pub struct ContextMenu {
    pub menu: Menu<Switch>,
}

impl ContextMenu {
    pub fn new(session: &Session) -> Self {
        let mut rows = vec![MenuRow::new(
            "group    choose another group".to_owned(),
            Switch::Groups,
        )];
        if !session.launch.is_sandbox {
            let connected = session.connected();
            let profile_now = connected.and_then(|connected| connected.profile.as_deref());
            let region_now = connected.map(|connected| connected.region.as_str());
            let here = |is_here: bool| if is_here { "  (now)" } else { "" };
            if session.choice != ContextChoice::default() {
                rows.push(MenuRow::new(
                    "start    profile and region as at the start".to_owned(),
                    Switch::To(ContextChoice::default()),
                ));
            }
            for profile in session.recent_profiles() {
                let mark = here(profile_now == Some(profile));
                let choice = ContextChoice {
                    profile: Some(profile.to_owned()),
                    region: None,
                };
                rows.push(MenuRow::new(
                    format!("profile  {profile}{mark}"),
                    Switch::To(choice),
                ));
            }
            for region in REGIONS {
                let mark = here(region_now == Some(region));
                let choice = ContextChoice {
                    profile: profile_now
                        .map(str::to_owned)
                        .or_else(|| session.choice.profile.clone()),
                    region: Some(region.to_owned()),
                };
                rows.push(MenuRow::new(
                    format!("region   {region}{mark}"),
                    Switch::To(choice),
                ));
            }
        }
        Self {
            menu: Menu::new(rows),
        }
    }

    pub fn command(&mut self, command: Command, session: &mut Session) -> Transition {
        if self
            .menu
            .command(command, usize::from(session.size.list_rows()) / 2)
        {
            return Transition::Stay;
        }
        if command != Command::Open {
            return Transition::Stay;
        }
        match self.menu.selected() {
            Some(Switch::Groups) => Transition::ToGroups,
            Some(Switch::To(choice)) => Transition::Connect(choice.clone()),
            None => Transition::Stay,
        }
    }
}
