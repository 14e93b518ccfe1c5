/// Words that say nothing of whose account it is: Cloudflare's own, those that rules compare with, and common ones.
enum Vocabulary {
    /// Values of the API's enumerations, authentication methods, claims, platforms and the like.
    static let words = set(
        """
        1dot1 < <= == > >= AAGUID AccountID Action ActionResult ActionType ActorEmail ActorID ActorIPAddress
        Administrator Allowed Analytics AppDomain AppUUID Blocked CATEGORY CONNECT Connection Country CreatedAt
        DELETE DEVICE DOMAIN DOWN Datetime DestinationTunnelID DeviceID DoH DoT EMAIL Email FAILURE GET GROUP
        Gateway Good HEAD HTTP HTTPHost HTTPS INCIDENT_IMPACT_CRITICAL INCIDENT_IMPACT_MAJOR IP IPAddress IPv6
        LOCATION NONE Notified OPTIONS Okta OriginIP OriginPort PATCH POST PUT PolicyID PolicyName PostureCheckName
        PostureCheckResult QueryName RDP RayID ResolverDecision ResourceType SERIAL SSH SUCCESS SessionStartTime
        Snapshot SrcIP TCP TRACE TUNNEL_STATUS_TYPE_DEGRADED TUNNEL_STATUS_TYPE_DOWN Timestamp UDP UP URL USD USER
        UserUID VNC absent accept accepted access_applications access_custom_certificate_expiration_type
        access_group access_groups access_policies access_policy access_requests access_service_token account.id
        account.name account_and_billing account_members active active_registrations admin ai_and_machine_learning
        all all_preview_workers all_workers allow always analytics_and_logs android antivirus any any_certificate
        any_mailbox any_service_token any_valid_service_token anybody app_launcher app_security application approved
        array asc audit_logs_v2 auth_method authorization authorization_code authorization_code_with_pkce
        auto_fully_disabled auto_partially_disabled automatic available aws azure azureAD bastion bearer biometrics
        biso block block_without_effect blocked bookmark browser_extension business bypass cache_and_performance
        cached carbonblack centrify certificate cfd_tunnel chromeos clientAuth client_certificate
        client_certificate_v2 client_id client_secret_post client_version cloudflare cloudflare_one_and_zero_trust
        cloudflare_source cni common_name complete compliant connected connecting consent consumer_account contains
        content-type created_at credential critical crowdstrike_s2s csv curve25519 custom custom_s2s
        customized_block_page dangling_reference dash_sso datadog dcr deep default default_on degraded delete denied
        deny department desc developer_platform device_client device_posture device_posture_results
        device_posture_rules devices disable disabled disabled_error disconnected disconnecting disk_encryption dns
        dns_and_zones dns_resolver doc docm docx doh domain domain_joined dot down download duplicate_destination
        dynamic ecdsa ed25519 effect egress elastic email emailProtection email_and_messaging email_domain
        email_list enabled end_user enforced enterprise eq equal error everyone exclude exe expired
        expiring_service_token_alert external_evaluation face facebook fail failed false family_name file fine
        firewall forbidden forever fpt free full fullrange fully_disabled gateway gateway_configuration gateway_dns
        gateway_http gateway_locations gateway_managed gateway_network gateway_proxy_endpoints gateway_rules geo
        github given_name google google-apps gre group group_cycle groups gs healthy hello_world high host hostname
        hostname_routes html http httpbasic https hwk hybrid iOS id identity identity_denied identity_providers
        implicit in inactive incident_alert include incomparable info infrastructure ingraceperiod inherit inherited
        initial_resolved_ip initializing integer interstitial intune invalid ios ip ip_list ip_sec ipv4 ipv6 iris
        is_pending_reconnect isolate item_count itself kba kolide l4 l4_override lan larger last_seen_at
        last_seen_user.email lax limited linked_app_token linkedin linux local localdomain localhost locked login
        login_method logpush_jobs low mac magic manual masque maximum_lifetime maximum_mfa_session maximum_session
        mca mcp mcp_portal mcp_portal_logs mcp_portals media medium member mfa monthly moved mtls_certificates
        mtls_hostname_settings na name ndjson neq network network_services never never_matches new new_status no
        no-expiry noBlock no_action noisolate non_identity noncompliant none noscan not_required not_understood
        notapplicable null oauth oauth2 oauthbearertoken object off offline offline_access oidc okta on once
        onelogin onetimepin online only openid opt_in opt_out organization os_version other otp out override own
        partial partially_disabled pass pass_through passive passthrough pdf pending pending_deletion
        pending_deployment perhaps pin pingone piv_key plain plan.id pop posture_only ppt pptx precedence
        preferred_username premium preview_worker private privileged pro processing profile proxy proxy_endpoint
        public public_dns pwd quarantine r2 rar rba rdp ready real reauth redirect redirect_uri redundant
        refresh_tokens rejected remote_only removalPending require required resolve retina revoked rfc3339 routes
        rsa rtf rules_and_configuration s3 saas safesearch saml sc scan secondary secp256r1 security_key
        select_account self_hosted sentinelone sentinelone_s2s serial_number service_token service_tokens shadowed
        shallow short_lived_certificate_cas smaller sms snapshot some somebody splunk ssh ssh_fido2_key stale
        standard static status strict sub success sumo swk system tags tanium tanium_s2s target_attributes tcp tel
        text text/html tls totp traceroute true tunnel_health_event tunnel_id udp unauthenticated unavailable
        unique_client_id unix unixnano unknown unlocked unscored updated_at upload uptycs
        urn:oasis:names:tc:SAML:2.0:attrname-format:basic urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified
        urn:oasis:names:tc:SAML:2.0:attrname-format:uri user user.email user.name user_risk_score v1 v2 v4 v6 vbm
        via_mcp_server_portal vnc waiting warp warp_connector warp_tunnel_only weaker_than_parent wia wildcard
        windows wireguard worker workspace_one xls xlsm xlsx yandex yearly yes ytrestricted
        zero_trust_network_sessions zip zones
        """
    )

    /// Names of members of the API's objects.
    ///
    /// What is no such name may be of the account's own choosing.
    static let members = set(
        """
        abuse_contact_email ac_id access access_client_id access_client_secret access_seat access_token_lifetime
        accessible account account_id account_tag account_type action activated_on active active_device_count
        active_registrations active_threats activity_log add_headers address alert_interval alert_type alias
        allow_all_headers allow_all_methods allow_all_origins allow_any_on_localhost allow_any_on_loopback
        allow_authenticate_via_warp allow_child_bypass allow_code_mode allow_credentials allow_email_alias
        allow_iframe allow_mode_switch allow_pkce_without_client_secret allow_updates allowed allowed_authenticators
        allowed_clipboard_local_to_remote_formats allowed_clipboard_remote_to_local_formats allowed_headers
        allowed_idps allowed_methods allowed_origins allowed_to_leave allowed_uris amr_matching_enabled
        amr_matching_session_duration anonymized_logs_enabled antivirus any_valid_service_token api_endpoints
        api_url app_count app_domain app_launcher_logo_url app_launcher_url app_launcher_visible app_name app_state
        app_uid application_type_id approval_groups approval_required approvals_needed apps apps_domain arch
        associated_hostnames attribute_name attribute_value attributes aud audTag audit_ssh auth_config_summary
        auth_context auth_domain auth_method auth_mode auth_state auth_status auth_type auth_url authentication
        authentication_status authorization_endpoint authorization_server_id authorization_url auto_connect
        auto_redirect_to_identity autoswitch azureAD azure_cloud background_color bastionMode behavior behaviors
        beta bg_color binding_status biso_admin_controls block_page block_page_enabled block_reason body_scanning
        browser_extension_config browser_isolation button_color button_text_color bypass_parent_rule caPool
        cache_device_posture can_subscribe capacity captive_portal category cause cdn_only centrify_account
        centrify_app_id cert_issuer_dn cert_issuer_ski cert_presented cert_serial certificate certificate_id
        certs_url cf_resource_id check checkDisks check_private_key check_session china_network cidr claim_name
        claim_value claims class client_certificate_forwarding client_default client_id client_key client_secret
        client_secret_version client_version cloudflare_account_member cn cname_suffix code code_mode colo_name
        command_logging comment common_name compliance_status condition conditional_access_enabled config
        config_restrict_to_account_members config_src config_version configuration_version connectTimeout connection
        connection_id connection_rules connections conns conns_active_at conns_inactive_at consumer_service_url
        contents contract_version copy cors_headers count countOperator country country_code create created
        created_at created_by created_on creator_email_at_creation currency current_certificate cursor
        custom_attributes custom_certificate custom_certificate_quota custom_claims custom_deny_message
        custom_deny_url custom_html custom_non_identity_deny_url custom_pages customer_id data dataset datetime
        days_until_next_rotation dcp dd deactivate_on_delete decision default default_disabled default_relay_state
        delete delete_headers deleted deleted_at deny_unmatched_requests deny_unmatched_requests_exempted_zone_names
        description destination_conf destinations development_mode device devicePosture device_client_version
        device_id device_name device_posture device_sessions device_type directory_id disableChunkedEncoding
        disable_auto_fallback disable_for_time disconnect displayName dk dns dns_destination_ips_id
        dns_destination_ipv6_block_id dns_only dns_resolvers dns_search_suffixes dns_server documentation_url doh
        doh_in_tunnel doh_jwt_duration doh_subdomain domain domain_type dot download dp du duration
        dynamic_client_registration eager_redirect_cookie_setting ecs_support editable effect egress eid_last_seen
        email email_addresses email_attribute_name email_claim_name email_domain email_list email_list_uuid emails
        enable_binding_cookie enable_encryption enabled enabled_download_phase enabled_upload_phase endpoints
        enforce enforce_twofactor error error_chain error_description error_details error_message errors
        evaluate_url event_count event_details events everyone exclude exclude_office_ips exists expiration expired
        expires expires_at expires_on extended_email_matching extended_key_usage externalId
        external_emergency_signal_enabled external_emergency_signal_fingerprint external_emergency_signal_interval
        external_emergency_signal_url external_evaluation externally_managed fail_closed fallback fallback_action
        fallback_domains features field_names file_types filter filters fingerprint fips first_name fnr_id
        footer_links footer_text forbidden force_authn forensic_copy foundation_dns frequency fri friendly_name
        gateway_device_id gateway_proxy_enabled gateway_seat gateway_tag gateway_udp_proxy_enabled gateway_unique_id
        geo github-organization global_acceleration grant grant_type grant_types group group_filter_regex
        group_member_deprovision gsuite ha_mode ha_status hardware_id has_client_secret has_migrated_private_apps
        header_attributes header_bg_color header_name header_text host host_selector hostname http http2Origin
        httpHostHeader http_only_cookie_attribute hybrid_and_implicit_options iat icmp_proxy_enabled id identifier
        identity identity_denied identity_provider_id identity_update_behavior idp idp_entity_id idp_id
        idp_public_certs idp_resource_id idp_uid ignore_cname_category_matches image_url in in_use
        inactivity_threshold_days incident_impact include include_context infected ingress input
        insecure_disable_dnssec_validation inspection inspection_mode integration_type integration_uid interval ip
        ipRules ip_addr ip_address ip_categories ip_indicator_feeds ip_list ips ipv4 ipv4_destination
        ipv4_destination_backup ipv4_fallback ipv6 isActive is_active is_current is_default is_default_network
        is_gateway is_pending_reconnect is_selectable is_shared_oauth_callback_enabled is_subscribed is_ui_read_only
        is_upstream is_warp isolation_required issue_count issued_on issuer issuer_org issuer_raw issuer_url items
        keepAliveConnections keepAliveTimeout key key_rotation_interval_days key_type keyboard keys_url kind l4
        l4_protocol l4override lan_allow_minutes lan_allow_subnet_size landing_page_design lastModified
        last_authenticated last_complete last_error last_event last_key_rotation_at last_name last_reset_time
        last_seen last_seen_at last_seen_registration last_seen_user last_seen_user_email last_seen_user_id
        last_successful_login last_successful_sync last_synced last_used_on legacy_discount legacy_id lifetime
        linked_app_token locations log_all log_blocks logged_at login_design login_method logo_path logo_url
        logpull_options mac_address mailto_address mailto_subject managed_by manufacturer mappings masque_endpoints
        match matchSNItoHost max_age max_risk_level max_sso_url_length max_ttl max_ttl_secs max_upload_bytes
        max_upload_interval_seconds max_upload_records mcp_code mcp_server_id mechanisms message messages meta
        metadata method mfa_config mfa_config_allowed_authenticators mfa_config_mfa_disabled
        mfa_config_session_duration mfa_disabled mfa_piv_key_requirements mfa_required_for_all_apps mode model
        modified modified_at modified_by modified_on mon msg mtls_auth name name_by_idp name_format name_id_format
        name_id_transform_jsonata name_servers network network_id network_status networks new_status noHappyEyeballs
        noTLSVerify non_identity_enabled nonce not_after not_before not_in notification_settings oauth_configuration
        objects offramp_warp_enabled oidc okta okta_account on_behalf onelogin_account opened_at operating_system
        operational_state operations operator options_preflight_bypass originRequest originRequest_access_audTag
        originRequest_access_required originRequest_access_teamName originRequest_bastionMode
        originRequest_httpHostHeader originRequest_noTLSVerify originRequest_originServerName
        originRequest_proxyType originServerName origin_ip original_dnshost original_name_servers original_registrar
        os os_distro_name os_distro_revision os_version os_version_extra output_options output_type overall
        override_host override_ips overrides owner page page_rule_quota pagerduty parent_org_id parent_org_name
        password paste path path_cookie_attribute path_pattern paths paused payload_log per_page percent_approved
        percent_blocked percent_errored percent_users_processed permission_group_id permission_groups permissions
        phishing_detected pin_policy ping_env_id pkce_enabled plan platform pointer policies policy policy_id
        policy_ids port port_range portal_alias portal_description precedence preserve_path_and_query
        previous_certificate previous_client_secret_expires_at price primary printing profile_type prompt prompts
        protocol protocol_detection provider_name proxyAddress proxyPort proxyType proxy_control proxy_enabled
        public_certificate public_ip public_key purpose_justification_prompt purpose_justification_required
        qs_pack_id quarantine ray_id rdp read read_only read_service_tokens_from_header redact_pii redirect
        redirect_uri redirect_uris redirect_url ref reference_id refresh_token_options
        register_interface_ip_with_dns registration_info registration_type remote_config remote_uri request_body
        request_ip request_method require requireAll require_fips_device require_token required required_aaguids
        resolve_dns_internally resolve_dns_through_cloudflare resource resource_group_name resource_groups
        resource_type resource_user_email resources restrict_to_account_members result result_info retryable
        return_access_token_from_authorization_endpoint return_id_token_from_authorization_endpoint reusable
        revocation_endpoint revoked_at risk_level role_id roles root_certificate_installation_enabled
        route_through_private_network rule_name rule_settings run_at running saas_app same_site_cookie_attribute
        saml saml_attribute_transform_jsonata saml_certificate_set saml_certificate_set_id sample_rate sandbox sat
        sccm_vpn_boundary_support schedule schema schemas scheme scim_base_url scim_config scim_config_enabled
        scim_config_identity_update_behavior scim_config_seat_deprovision scim_config_user_deprovision scope scopes
        score scoreOperator seat_deprovision seat_uid secret secure_web_gateway self_hosted_domains sensor_config
        serial_number server_alias server_description server_id servers service service_auth_401_redirect
        service_mode_v2 service_token service_token_id service_token_inactivity service_token_status
        session_duration set_headers settings settings_by_rule_type sha sha256 sharable sign_request
        skip_app_launcher_login_page skip_interstitial slug source source_account source_name sp_entity_id ssh
        ssh_key_size ssh_key_type sso_endpoint sso_target_url state status status_code step
        strict_service_token_auth strictness subcategories subdomain subject_alternative_names subnet_id subnet_type
        success suffix sun support_groups support_url suppress_footer switch_locked tag tags target_attributes
        target_criteria target_environment target_policies target_tests target_uri targeted tcpKeepAlive team
        teamName tenant tenant_unit tenant_url test_id test_results text_color thu thumbprint tier time_zone
        timestamp timestamp_format title tls tlsTimeout tls_decrypt tls_sockaddr token token_endpoint
        token_endpoint_auth_method token_id token_url tool tools total total_count total_pages total_score
        total_users touch_policy traffic transform_jsonata trust_stores trusted_accounts ttl ttl_secs tue tun_type
        tunnel_id tunnel_name tunnel_protocol tunnel_type two_factor_authentication_enabled type
        ui_read_only_toggle_reason uid uninstall_protection untrusted_cert update update_window_days updated
        updated_at updated_prompts updated_tools upload uploaded_on uri url url_browser_isolation_enabled
        use_clientless_isolation_app_launcher_url use_login_hint use_zt_virtual_ip used user user_deprovision
        user_email user_id user_identity user_risk_score user_seat_expiration_inactive_time user_uuid username
        usernames users users_approved users_blocked users_errored uuid value vanity_name_servers verification_key
        version versionOperator version_config view_id vips vips_previous virtual_ipv4 virtual_ipv6
        virtual_network_id virtual_network_name virtual_networks vnet_id warning_status warnings warp-routing
        warp_auth_non_browser_401 warp_auth_session_duration warp_routing_enabled webhooks wed well_known_url
        wireguard_endpoints wm_id worker_id write zone_name
        """
    )

    static func set(_ text: String) -> Set<String> {
        Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
    }
}
