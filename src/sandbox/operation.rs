//! The calls a sandbox answers, and how a request is told to be one of them.

use std::fmt;

use super::request::Request;

/// One call of one service, named as its API reference names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    RegisterClient,
    StartDeviceAuthorization,
    CreateToken,
    ListAccounts,
    ListAccountRoles,
    GetRoleCredentials,
    Logout,
    GetSecretValue,
    BatchGetSecretValue,
    DescribeSecret,
    ListSecrets,
    GetParameter,
    GetParameters,
    GetParametersByPath,
    /// The page where a person approves a device code.
    DevicePage,
    /// The page that starts a sign-in in the browser.
    AuthorizePage,
    /// Anything else.
    Unknown,
}

/// The three ways AWS words an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    Oidc,
    Portal,
    /// Secrets Manager and Systems Manager.
    Json11,
}

impl Operation {
    pub(super) fn asked_by(request: &Request) -> Self {
        match (request.method.as_str(), request.path.as_str()) {
            ("POST", "/client/register") => Self::RegisterClient,
            ("POST", "/device_authorization") => Self::StartDeviceAuthorization,
            ("POST", "/token") => Self::CreateToken,
            ("GET", "/assignment/accounts") => Self::ListAccounts,
            ("GET", "/assignment/roles") => Self::ListAccountRoles,
            ("GET", "/federation/credentials") => Self::GetRoleCredentials,
            ("POST", "/logout") => Self::Logout,
            ("GET" | "POST", "/device") => Self::DevicePage,
            ("GET" | "POST", "/authorize") => Self::AuthorizePage,
            ("POST", "/") => Self::targeted(request.header("x-amz-target").unwrap_or_default()),
            _ => Self::Unknown,
        }
    }

    /// AWS JSON 1.1 names the operation in a header.
    fn targeted(target: &str) -> Self {
        match target {
            "secretsmanager.GetSecretValue" => Self::GetSecretValue,
            "secretsmanager.BatchGetSecretValue" => Self::BatchGetSecretValue,
            "secretsmanager.DescribeSecret" => Self::DescribeSecret,
            "secretsmanager.ListSecrets" => Self::ListSecrets,
            "AmazonSSM.GetParameter" => Self::GetParameter,
            "AmazonSSM.GetParameters" => Self::GetParameters,
            "AmazonSSM.GetParametersByPath" => Self::GetParametersByPath,
            _ => Self::Unknown,
        }
    }

    pub(super) fn dialect(self) -> Dialect {
        match self {
            Self::RegisterClient | Self::StartDeviceAuthorization | Self::CreateToken => Dialect::Oidc,
            Self::GetSecretValue
            | Self::BatchGetSecretValue
            | Self::DescribeSecret
            | Self::ListSecrets
            | Self::GetParameter
            | Self::GetParameters
            | Self::GetParametersByPath
            | Self::Unknown => Dialect::Json11,
            _ => Dialect::Portal,
        }
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}
