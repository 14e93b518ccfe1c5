/// What a text in an object of the API is, by the name of its member and what is around it.
enum MemberKind: Hashable {
    /// A word of the API's own; any other is replaced.
    case word
    /// A time, a duration, a version, a colour, a country or ports; anything of another form is replaced.
    case time, duration, version, colour, country, ports
    case id, email, person, device, serial, username, tag, expression, pathExpression, url, host, domain, address
    /// A member of a list, which the type of the list says something of.
    case item
    /// A key, certificate or digest.
    case opaque
    /// Words that Cloudflare gave to a role or permission.
    case permission
    /// A name of the resources to which a permission applies, such as `com.cloudflare.api.account.…`.
    case resource
    /// A name that somebody gave to a thing of this kind.
    case name(String)
    case text

    /// What the text at a path is.
    ///
    /// - Parameters:
    ///   - path: Names of the members that lead to it, without places in arrays; not empty.
    ///   - table: Table of the object.
    init(_ path: [String], in table: String) {
        let last = path.last ?? ""
        let parent = path.dropLast().last ?? ""
        if let special = Self.special(last, below: parent, path, table) {
            self = special
        } else if let kind = Self.byMember[last] {
            self = kind
        } else if Self.endings.id.contains(where: { last.hasSuffix($0) }) {
            self = .id
        } else if Self.endings.url.contains(where: { last.hasSuffix($0) }) {
            self = .url
        } else if Self.endings.time.contains(where: { last.hasSuffix($0) }) {
            self = .time
        } else if last.hasSuffix("email") || last.hasSuffix("_by") {
            self = .email
        } else if last.hasSuffix("_domain") {
            self = .host
        } else {
            self = .text
        }
    }

    private static let endings = (
        id: ["_id", "_uid", "_uuid", "_ids", "_uids", "_tag", "_fingerprint", "_nonce"],
        url: ["_url", "_uri", "_urls", "_uris", "_endpoint", "_origins"],
        time: ["_at", "_on", "_login", "_sync", "_synced"]
    )

    private static func special(_ last: String, below parent: String, _ path: [String], _ table: String) -> MemberKind?
    {
        switch last {
        case "name": name(below: parent, path, table)
        case "description", "comment": parent == "roles" ? .permission : .text
        case "displayName": table == "scim_user" ? .person : .name("Group")
        case "hostname": .host
        case "version": table == "identity_provider" ? .id : .version
        case "ips", "networks", "in", "not_in", "dns_server", "override_ips": .address
        case "value": table == "gateway_list_item" ? .item : table == "scim_user" ? .email : .text
        case "domain": table == "device_posture_rule" || parent == "email_domain" ? .domain : .url
        case "domains", "self_hosted_domains": .url
        case "match" where table != "device_posture_rule": .expression
        case "key": table == "device_registration" ? .opaque : .resource
        case "path": table == "tunnel_configuration" ? .pathExpression : .text
        case "host": table == "dex_test" ? .url : .host
        case "id" where ["roles", "permission_groups"].contains(parent): .id
        case "apps": .id
        case "default": parent == "virtual_networks" ? .id : .text
        case "allowed": parent == "virtual_networks" ? .id : .text
        case "type" where path.count > 3 && parent == "tags": .tag
        default: path.dropLast().contains { freeMembers.contains($0) } ? .tag : nil
        }
    }

    /// Members whose own members are named by the account.
    static let freeMembers: Set<String> = ["tags", "target_attributes"]

    private static func name(below parent: String, _ path: [String], _ table: String) -> MemberKind {
        switch parent {
        case "user", "last_seen_user", "created_by_user": return .person
        case "device": return .device
        case "policies", "approval_groups": return .name("Policy")
        case "tools", "updated_tools": return .name("Tool")
        case "prompts", "updated_prompts": return .name("Prompt")
        case "servers": return .name("MCP server")
        case "roles", "permission_groups", "plan": return .permission
        case "resource_groups": return .resource
        case "policy", "target_policies": return .name("Device profile")
        case "account", "owner": return .name("Account")
        case "okta", "github-organization": return .name("Group")
        case "source", "custom_attributes", "custom_claims": return .word
        default: break
        }
        guard path.count == 1 else { return path.contains("tags") ? .tag : .text }
        switch table {
        case "device": return .device
        case "access_user", "scim_user": return .person
        case "zone": return .host
        case "access_tag": return .tag
        default: return .name(labels[table] ?? "Resource")
        }
    }

    /// What a resource is called before its pseudonym.
    static let labels: [String: String] = [
        "access_application": "Application", "access_group": "Group", "access_policy": "Policy",
        "account": "Account", "account_settings": "Account", "account_token": "API token", "bookmark": "Bookmark",
        "custom_page": "Page", "device_ip_profile": "IP profile", "device_posture_integration": "Integration",
        "device_posture_rule": "Posture check", "device_settings_profile": "Device profile", "dex_test": "Test",
        "gateway_ca": "CA", "gateway_certificate": "Certificate", "gateway_list": "List",
        "gateway_location": "Location", "gateway_pac_file": "PAC file", "gateway_proxy_endpoint": "Proxy endpoint",
        "gateway_rule": "Gateway rule", "identity_provider": "Identity provider",
        "infrastructure_target": "Target", "logpush_job": "Logpush job", "managed_network": "Network",
        "mcp_portal": "MCP portal", "mcp_server": "MCP server", "mtls_certificate": "Certificate",
        "notification_policy": "Notification", "organization": "Account", "route": "Route", "scim_group": "Group",
        "service_token": "Service token", "subnet": "Subnet", "tunnel": "Tunnel", "virtual_network": "Virtual network",
        "warp_connector": "Connector", "zone": "Zone",
    ]

    private static let byMember: [String: MemberKind] = {
        var kinds: [String: MemberKind] = [:]
        for (kind, members) in lists {
            for member in Vocabulary.set(members) { kinds[member] = kind }
        }
        return kinds
    }()

    private static let lists: [(MemberKind, String)] = [
        (
            .word,
            """
            type decision action status l4_protocol same_site_cookie_attribute auth_type grant_types protocol behavior
            allowed_authenticators allowed_methods domain_type effect device_type key_type registration_type tunnel_type
            tun_type config_src source alert_type dataset kind frequency filters mode profile_type tunnel_protocol
            binding_status subnet_type access scheme strictness identity_update_behavior pin_policy touch_policy
            ssh_key_type operating_system platform operator versionOperator countOperator scoreOperator
            compliance_status state code_mode auth_mode authentication_status integration_type incident_impact
            new_status output_type timestamp_format field_names copy paste printing download upload keyboard prompt
            azure_cloud trust_stores extended_key_usage token_endpoint_auth_method tier schema legacy_id currency
            auth_method user_risk_score allowed_clipboard_local_to_remote_formats
            allowed_clipboard_remote_to_local_formats scopes scope method proxy_control fallback_action
            inspection_mode name_id_format claims attributes attribute_name claim_name email_claim_name
            email_attribute_name name_format source_name tunnel_status network_status operational_state risk_level
            max_risk_level auth_state app_state platforms service_token_status warning_status proxyType
            """
        ),
        (
            .time,
            """
            created modified updated datetime timestamp not_before not_after expires expired last_complete last_error
            lastModified last_seen deleted run_at
            """
        ),
        (
            .duration,
            """
            session_duration duration lifetime access_token_lifetime warp_auth_session_duration interval schedule
            expiration user_seat_expiration_inactive_time amr_matching_session_duration alert_interval
            external_emergency_signal_interval mon tue wed thu fri sat sun
            """
        ),
        (
            .version,
            """
            client_version os_version os_version_extra device_client_version os_distro_revision issue_count overall
            sensor_config contract_version total_score sample_rate
            """
        ),
        (.colour, "bg_color header_bg_color button_color button_text_color background_color text_color"),
        (.country, "country_code country"),
        (.ports, "port_range port"),
        (
            .id,
            """
            id uid uuid aud audTag allowed_idps trusted_accounts source_account identifier hardware_id fingerprint
            thumbprint sha256 sha doh_subdomain subdomain externalId nonce ref required_aaguids policy_ids idp
            """
        ),
        (.email, "email email_addresses creator_email_at_creation created_by modified_by mailto_address user_email"),
        (.person, "first_name last_name user_identity"),
        (.device, "device_name"),
        (.serial, "serial_number cert_serial"),
        (.username, "usernames username"),
        (.tag, "tags tag"),
        (.expression, "traffic identity device_posture"),
        (
            .url,
            """
            uri url service destination_conf allowed_origins redirect_uris allowed_uris issuer path_pattern
            idp_entity_id sp_entity_id okta_account onelogin_account centrify_account remote_uri logo_path target_uri
            """
        ),
        (
            .host,
            """
            hostname host suffix zone_name originServerName httpHostHeader apps_domain auth_domain tls_sockaddr
            associated_hostnames deny_unmatched_requests_exempted_zone_names name_servers original_name_servers
            vanity_name_servers override_host dns_search_suffixes teamName cname_suffix common_name cn
            subject_alternative_names proxyAddress
            """
        ),
        (
            .address,
            """
            ip network cidr address ip_addr ip_address public_ip origin_ip ipv4 ipv6 ipv4_fallback ipv4_destination
            ipv4_destination_backup virtual_ipv4 virtual_ipv6 ecs_ip vip
            """
        ),
        (
            .opaque,
            """
            public_key certificate public_certificate idp_public_certs verification_key mac_address contents
            custom_html cert_issuer_dn cert_issuer_ski
            """
        ),
        (.resource, "objects"),
        (.permission, "permission_group_name"),
        (.name("Tunnel"), "tunnel_name"),
        (.name("Virtual network"), "virtual_network_name"),
        (.name("Account"), "issuer_org parent_org_name"),
        (.name("Tool"), "alias portal_alias"),
        (.name("Group"), "team"),
        (.name("Application"), "app_name"),
    ]
}
