//! One line of the plant at one time, and its contents.

use greengroup::domain::DefinitionKind;
use serde_json::{Map, Value, json};

use super::random::Random;

const ACCOUNT: &str = "111122223333";
const REGION: &str = "eu-central-1";

#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    /// The name of the core thing.
    pub(super) core: String,
    pub(super) devices: Vec<String>,
    pub(super) functions: Vec<Lambda>,
    pub(super) connectors: Vec<Connector>,
    pub(super) resources: Vec<Resource>,
    pub(super) routes: Vec<Route>,
    pub(super) loggers: Vec<Logger>,
}

#[derive(Debug, Clone)]
pub(super) struct Lambda {
    pub(super) name: String,
    /// A version or an alias.
    pub(super) qualifier: String,
    /// Kilobytes; `None` for a function without a container.
    pub(super) memory: Option<i32>,
    pub(super) timeout: i32,
    pub(super) is_pinned: bool,
    /// Resource id and permission.
    pub(super) access: Vec<(String, &'static str)>,
    pub(super) variables: Vec<(&'static str, String)>,
}

#[derive(Debug, Clone)]
pub(super) struct Connector {
    pub(super) id: String,
    /// `CloudWatchMetrics/versions/4`
    pub(super) path: &'static str,
    pub(super) parameters: Vec<(&'static str, String)>,
}

#[derive(Debug, Clone)]
pub(super) struct Resource {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) data: Value,
}

#[derive(Debug, Clone)]
pub(super) struct Route {
    pub(super) from: End,
    pub(super) topic: String,
    pub(super) to: End,
}

#[derive(Debug, Clone)]
pub(super) enum End {
    Cloud,
    Shadow,
    Device(String),
    /// A function by name; its qualifier is the line's.
    Function(String),
    /// A connector by the id in its slot.
    Connector(String),
}

#[derive(Debug, Clone)]
pub(super) struct Logger {
    pub(super) component: &'static str,
    pub(super) level: &'static str,
    /// Kilobytes on disk; `None` for a log in CloudWatch.
    pub(super) space: Option<i32>,
}

impl Line {
    /// The content of one kind, if the line has one.
    pub(super) fn content(&self, kind: DefinitionKind) -> Option<Value> {
        let (member, items): (_, Vec<Value>) = match kind {
            DefinitionKind::Core => ("Cores", vec![thing(&self.core, true)]),
            DefinitionKind::Device => {
                let things = self.devices.iter().map(|name| thing(name, false));
                ("Devices", things.collect())
            }
            DefinitionKind::Function => (
                "Functions",
                self.functions.iter().map(Lambda::json).collect(),
            ),
            DefinitionKind::Connector => (
                "Connectors",
                self.connectors.iter().map(Connector::json).collect(),
            ),
            DefinitionKind::Resource => (
                "Resources",
                self.resources.iter().map(Resource::json).collect(),
            ),
            DefinitionKind::Subscription => {
                let routes = self.routes.iter().enumerate();
                let items = routes.map(|(index, route)| {
                    json!({
                        "Id": format!("route-{:02}", index + 1),
                        "Source": self.end(&route.from),
                        "Subject": route.topic,
                        "Target": self.end(&route.to),
                    })
                });
                ("Subscriptions", items.collect())
            }
            DefinitionKind::Logger => ("Loggers", self.loggers.iter().map(Logger::json).collect()),
        };
        (!items.is_empty()).then(|| json!({ member: items }))
    }

    pub(super) fn function(&mut self, name: &str) -> &mut Lambda {
        let mut functions = self.functions.iter_mut();
        functions
            .find(|function| function.name == name)
            .unwrap_or_else(|| panic!("a function {name}"))
    }

    fn end(&self, end: &End) -> String {
        match end {
            End::Cloud => "cloud".to_owned(),
            End::Shadow => "GGShadowService".to_owned(),
            End::Device(name) => {
                assert!(self.devices.contains(name), "{name} is a device");
                thing_arn(name)
            }
            End::Function(name) => {
                let mut functions = self.functions.iter();
                let function = functions.find(|function| function.name == *name);
                function
                    .unwrap_or_else(|| panic!("a function {name}"))
                    .arn()
            }
            End::Connector(id) => {
                let mut connectors = self.connectors.iter();
                let connector = connectors.find(|connector| connector.id == *id);
                connector
                    .unwrap_or_else(|| panic!("a connector {id}"))
                    .arn()
            }
        }
    }
}

fn thing_arn(name: &str) -> String {
    format!("arn:aws:iot:{REGION}:{ACCOUNT}:thing/{name}")
}

fn thing(name: &str, sync_shadow: bool) -> Value {
    let mut random = Random::from_name(name);
    let mut part = || {
        format!(
            "{:016x}",
            random.number().wrapping_mul(0x9e37_79b9_7f4a_7c15)
        )
    };
    let hash = [part(), part(), part(), part()].concat();
    json!({
        "Id": name,
        "ThingArn": thing_arn(name),
        "CertificateArn": format!("arn:aws:iot:{REGION}:{ACCOUNT}:cert/{hash}"),
        "SyncShadow": sync_shadow,
    })
}

impl Lambda {
    pub(super) fn arn(&self) -> String {
        let Self {
            name, qualifier, ..
        } = self;
        if name.starts_with("GG") {
            return format!("arn:aws:lambda:::function:{name}:{qualifier}");
        }
        format!("arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}:{qualifier}")
    }

    fn json(&self) -> Value {
        let mut configuration = Map::new();
        if !self.name.starts_with("GG") {
            configuration.insert("EncodingType".to_owned(), json!("json"));
        }
        if let Some(memory) = self.memory {
            configuration.insert("MemorySize".to_owned(), json!(memory));
        }
        configuration.insert("Pinned".to_owned(), json!(self.is_pinned));
        configuration.insert("Timeout".to_owned(), json!(self.timeout));
        let environment = self.environment();
        if !environment.is_empty() {
            configuration.insert("Environment".to_owned(), Value::Object(environment));
        }
        json!({"Id": self.name, "FunctionArn": self.arn(), "FunctionConfiguration": configuration})
    }

    fn environment(&self) -> Map<String, Value> {
        let mut environment = Map::new();
        if self.memory.is_none() {
            let execution = json!({"IsolationMode": "NoContainer"});
            environment.insert("Execution".to_owned(), execution);
        }
        if !self.access.is_empty() {
            let policies = self.access.iter().map(
                |(resource, permission)| json!({"ResourceId": resource, "Permission": permission}),
            );
            environment.insert("ResourceAccessPolicies".to_owned(), policies.collect());
        }
        if !self.variables.is_empty() {
            environment.insert("Variables".to_owned(), texts(&self.variables));
        }
        environment
    }
}

fn texts(pairs: &[(&'static str, String)]) -> Value {
    let pairs = pairs.iter();
    Value::Object(
        pairs
            .map(|(name, text)| ((*name).to_owned(), json!(text)))
            .collect(),
    )
}

impl Connector {
    fn arn(&self) -> String {
        format!("arn:aws:greengrass:{REGION}::/connectors/{}", self.path)
    }

    fn json(&self) -> Value {
        json!({"Id": self.id, "ConnectorArn": self.arn(), "Parameters": texts(&self.parameters)})
    }
}

impl Resource {
    fn json(&self) -> Value {
        json!({"Id": self.id, "Name": self.name, "ResourceDataContainer": self.data})
    }
}

impl Logger {
    fn json(&self) -> Value {
        let Self {
            component, level, ..
        } = self;
        let store = if self.space.is_some() {
            "FileSystem"
        } else {
            "AWSCloudWatch"
        };
        let mut logger = json!({
            "Id": format!("{component}-{store}"),
            "Component": component,
            "Level": level,
            "Type": store,
        });
        if let Some(space) = self.space {
            logger["Space"] = json!(space);
        }
        logger
    }
}
