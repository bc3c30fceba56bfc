//! A random account from a seed: definitions of all kinds with several versions each, and groups that use
//! some of them.

use std::sync::Arc;

use greengroup::domain::{DefinitionKind, Timestamp};
use greengroup::sandbox::Moment;
use greengroup::sandbox::account::{Account, GroupSlots};
use serde_json::{Value, json};

const WORDS: [&str; 12] = [
    "press", "robot", "Paint", "weld", "café", "scada", "boiler", "gate", "dock", "Oven", "mill",
    "pump",
];

const PLACE: &str = "eu-central-1:123456789012";

/// Splitmix64.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ mixed >> 31) >> 33).unwrap() % end
    }

    fn word(&mut self) -> &'static str {
        WORDS[self.below(WORDS.len())]
    }

    fn name(&mut self) -> String {
        let sign = ["-", "_", " ", "/"][self.below(4)];
        format!(
            "{}{sign}{}{sign}{}",
            self.word(),
            self.word(),
            self.below(30)
        )
    }

    fn function(&mut self) -> String {
        let (name, version) = (self.word(), self.below(20));
        format!("arn:aws:lambda:{PLACE}:function:{name}:{version}")
    }

    fn thing(&mut self) -> String {
        format!(
            "arn:aws:iot:{PLACE}:thing/{}-{}",
            self.word(),
            self.below(50)
        )
    }

    fn item(&mut self, kind: DefinitionKind, number: usize) -> Value {
        let id = format!("{}-{number}", self.word());
        match kind {
            DefinitionKind::Core | DefinitionKind::Device => {
                let certificate = format!("arn:aws:iot:{PLACE}:cert/{:064}", self.below(1000));
                json!({"Id": id, "ThingArn": self.thing(), "CertificateArn": certificate})
            }
            DefinitionKind::Function => {
                json!({"Id": id, "FunctionArn": self.function(), "FunctionConfiguration": {
                    "MemorySize": 16384, "Timeout": 3, "Pinned": true,
                    "Environment": {"Variables": {self.word(): "a value", "RATE": "5"}},
                }})
            }
            DefinitionKind::Connector => {
                let name = ["ModbusRTUProtocolAdapter", "SNS", "CloudWatchMetrics"][self.below(3)];
                let arn = format!(
                    "arn:aws:greengrass:eu-central-1::/connectors/{name}/versions/{}",
                    1 + self.below(4)
                );
                json!({"Id": id, "ConnectorArn": arn, "Parameters": {"Target": "x"}})
            }
            DefinitionKind::Resource => {
                let path = format!("/dev/{}{}", self.word(), self.below(9));
                json!({"Id": id, "Name": self.name(), "ResourceDataContainer": {"LocalDeviceResourceData": {
                    "SourcePath": path, "GroupOwnerSetting": {"AutoAddGroupOwner": true},
                }}})
            }
            DefinitionKind::Subscription => {
                let topic = format!("{}/{}/#", self.word(), self.word());
                json!({"Id": id, "Source": self.function(), "Subject": topic, "Target": self.thing()})
            }
            DefinitionKind::Logger => {
                let level = ["DEBUG", "INFO", "WARN"][self.below(3)];
                json!({"Id": id, "Type": "FileSystem", "Component": "Lambda", "Level": level, "Space": 1024})
            }
        }
    }
}

/// The same account for the same seed.
pub(crate) fn made_account(seed: u64) -> Account {
    let mut random = Random(seed);
    let mut account = Account::new("123456789012", "eu-central-1");
    let began = "2026-01-01T00:00:00.000Z".parse::<Timestamp>().unwrap();
    let mut moment = Moment::seeded(seed, began);
    let mut arns: Vec<(DefinitionKind, Arc<str>)> = Vec::new();
    for kind in DefinitionKind::ALL {
        for _ in 0..2 + random.below(4) {
            let name = (random.below(6) > 0).then(|| random.name());
            let definition = account.create_definition(&mut moment, kind, name.as_deref());
            for _ in 0..=random.below(3) {
                let days = i64::try_from(random.below(5)).unwrap();
                let now = moment.now.milliseconds() + days * 86_400_000 + 60_000;
                moment.now = Timestamp::from_milliseconds(now);
                let items: Vec<Value> = (0..random.below(4))
                    .map(|number| random.item(kind, number))
                    .collect();
                let content = json!({kind.items_member(): items});
                let made = account.create_definition_version(
                    &mut moment,
                    kind,
                    definition.as_str(),
                    content,
                );
                arns.push((kind, Arc::clone(&made.unwrap().arn)));
            }
        }
    }
    for _ in 0..6 {
        let name = random.name();
        let group = account.create_group(&mut moment, &name);
        if random.below(6) == 0 {
            continue;
        }
        let mut slots = GroupSlots::default();
        for kind in DefinitionKind::ALL {
            let of_kind: Vec<_> = arns.iter().filter(|(of, _)| *of == kind).collect();
            if random.below(5) > 0 {
                slots[kind] = Some(Arc::clone(&of_kind[random.below(of_kind.len())].1));
            }
        }
        account.create_group_version(&mut moment, group.as_str(), slots);
    }
    account
}
