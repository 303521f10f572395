import type { TypeRules } from './type-rules.js'

/** A count of bytes or items. */
export const count = 'integer 0..9007199254740991'
const fileTimes = { ctime: 'time', mtime: 'time', atime: 'time' } as const

/** Observables (STIX 2.1, section 6): the properties of each type besides the common ones. */
export const observables: Readonly<Record<string, TypeRules>> = {
  'artifact': {
    fields: {
      mime_type: 'form mime type', payload_bin: 'binary', url: 'url', hashes: 'hashes',
      encryption_algorithm: 'enum AES-256-GCM|ChaCha20-Poly1305|mime-type-indicated', decryption_key: 'text',
    },
    exactlyOneOf: ['payload_bin', 'url'],
    needs: [['url', 'hashes'], ['decryption_key', 'encryption_algorithm']],
  },
  'autonomous-system': { fields: { number: 'integer!', name: 'text', rir: 'text' } },
  'directory': { fields: { path: 'text!', path_enc: 'form encoding', ...fileTimes, contains_refs: 'list ref file|directory' } },
  'domain-name': { fields: { value: 'text!', resolves_to_refs: 'list ref ipv4-addr|ipv6-addr|domain-name' } },
  'email-addr': { fields: { value: 'email address!', display_name: 'text', belongs_to_ref: 'ref user-account' } },
  'email-message': {
    fields: {
      is_multipart: 'flag!', date: 'time', content_type: 'text', from_ref: 'ref email-addr', sender_ref: 'ref email-addr',
      to_refs: 'list ref email-addr', cc_refs: 'list ref email-addr', bcc_refs: 'list ref email-addr', message_id: 'text',
      subject: 'text', received_lines: 'list text', additional_header_fields: 'dictionary header', body: 'text',
      body_multipart: 'list struct mime-part', raw_email_ref: 'ref artifact',
    },
  },
  'file': {
    fields: {
      hashes: 'hashes', size: count, name: 'text', name_enc: 'form encoding', magic_number_hex: 'hex', mime_type: 'text',
      ...fileTimes, parent_directory_ref: 'ref directory', contains_refs: 'list ref', content_ref: 'ref artifact',
    },
    oneGroupOf: [['hashes'], ['name']],
  },
  'ipv4-addr': {
    fields: { value: 'form IPv4 address!', resolves_to_refs: 'list ref mac-addr', belongs_to_refs: 'list ref autonomous-system' },
  },
  'ipv6-addr': {
    fields: { value: 'form IPv6 address!', resolves_to_refs: 'list ref mac-addr', belongs_to_refs: 'list ref autonomous-system' },
  },
  'mac-addr': { fields: { value: 'form MAC address!' } },
  'mutex': { fields: { name: 'text!' } },
  'network-traffic': {
    fields: {
      start: 'time', end: 'time', is_active: 'flag', src_ref: 'ref ipv4-addr|ipv6-addr|mac-addr|domain-name',
      dst_ref: 'ref ipv4-addr|ipv6-addr|mac-addr|domain-name', src_port: 'integer 0..65535', dst_port: 'integer 0..65535',
      protocols: 'list text!', src_byte_count: 'integer', dst_byte_count: 'integer', src_packets: 'integer',
      dst_packets: 'integer', ipfix: 'dictionary word', src_payload_ref: 'ref artifact', dst_payload_ref: 'ref artifact',
      encapsulates_refs: 'list ref network-traffic', encapsulated_by_ref: 'ref network-traffic',
    },
    oneGroupOf: [['src_ref'], ['dst_ref']],
    times: [['start', 'end', 'not after']],
  },
  'process': {
    fields: {
      extensions: 'extensions', is_hidden: 'flag', pid: 'integer', created_time: 'time', cwd: 'text', command_line: 'text',
      environment_variables: 'dictionary', opened_connection_refs: 'list ref network-traffic',
      creator_user_ref: 'ref user-account', image_ref: 'ref file', parent_ref: 'ref process', child_refs: 'list ref process',
    },
    notEmpty: true,
  },
  'software': {
    fields: { name: 'text!', cpe: 'form CPE', swid: 'text', languages: 'list form language', vendor: 'text', version: 'text' },
  },
  'url': { fields: { value: 'url!' } },
  'user-account': {
    fields: {
      extensions: 'extensions', user_id: 'text', credential: 'text', account_login: 'text',
      account_type: 'vocabulary account-type', display_name: 'text', is_service_account: 'flag', is_privileged: 'flag',
      can_escalate_privs: 'flag', is_disabled: 'flag', account_created: 'time', account_expires: 'time',
      credential_last_changed: 'time', account_first_login: 'time', account_last_login: 'time',
    },
    notEmpty: true,
  },
  'windows-registry-key': {
    fields: {
      key: 'text', values: 'list struct registry-value', modified_time: 'time', creator_user_ref: 'ref user-account',
      number_of_subkeys: 'integer',
    },
    notEmpty: true,
  },
  'x509-certificate': {
    fields: {
      is_self_signed: 'flag', hashes: 'hashes', version: 'text', serial_number: 'text', signature_algorithm: 'text',
      issuer: 'text', validity_not_before: 'time', validity_not_after: 'time', subject: 'text',
      subject_public_key_algorithm: 'text', subject_public_key_modulus: 'text', subject_public_key_exponent: 'integer',
      x509_v3_extensions: 'struct x509-extensions',
    },
    notEmpty: true,
    times: [['validity_not_before', 'validity_not_after', 'not after by custom']],
  },
}

const serviceStates1 = 'SERVICE_CONTINUE_PENDING|SERVICE_PAUSE_PENDING|SERVICE_PAUSED|SERVICE_RUNNING|SERVICE_START_PENDING'
const serviceStates2 = 'SERVICE_STOP_PENDING|SERVICE_STOPPED'

/** The predefined extensions of observables (STIX 2.1, section 6), by key. */
export const observableExtensions: Readonly<Record<string, TypeRules>> = {
  'archive-ext': { fields: { contains_refs: 'list ref file|directory!', comment: 'text' } },
  'ntfs-ext': { fields: { sid: 'text', alternate_data_streams: 'list struct alternate-data-stream' }, notEmpty: true },
  'pdf-ext': {
    fields: { version: 'text', is_optimized: 'flag', document_info_dict: 'dictionary text', pdfid0: 'text', pdfid1: 'text' },
    notEmpty: true,
  },
  'raster-image-ext': {
    fields: { image_height: 'integer', image_width: 'integer', bits_per_pixel: 'integer', exif_tags: 'dictionary word' },
    notEmpty: true,
  },
  'windows-pebinary-ext': {
    fields: {
      pe_type: 'vocabulary windows-pebinary-type!', imphash: 'text', machine_hex: 'hex', number_of_sections: count,
      time_date_stamp: 'time', pointer_to_symbol_table_hex: 'hex', number_of_symbols: count, size_of_optional_header: count,
      characteristics_hex: 'hex', file_header_hashes: 'hashes', optional_header: 'struct pe-optional-header',
      sections: 'list struct pe-section',
    },
    oneGroupOf: [
      ['imphash'], ['machine_hex'], ['number_of_sections'], ['time_date_stamp'], ['pointer_to_symbol_table_hex'],
      ['number_of_symbols'], ['size_of_optional_header'], ['characteristics_hex'], ['file_header_hashes'], ['optional_header'],
      ['sections'],
    ],
  },
  'http-request-ext': {
    fields: {
      request_method: 'text!', request_value: 'text!', request_version: 'text', request_header: 'dictionary list text',
      message_body_length: 'integer', message_body_data_ref: 'ref artifact',
    },
  },
  'icmp-ext': { fields: { icmp_type_hex: 'hex!', icmp_code_hex: 'hex!' } },
  'socket-ext': {
    fields: {
      address_family: 'enum AF_UNSPEC|AF_INET|AF_IPX|AF_APPLETALK|AF_NETBIOS|AF_INET6|AF_IRDA|AF_BTH!', is_blocking: 'flag',
      is_listening: 'flag', options: 'dictionary integer',
      socket_type: 'enum SOCK_STREAM|SOCK_DGRAM|SOCK_RAW|SOCK_RDM|SOCK_SEQPACKET', socket_descriptor: count,
      socket_handle: 'integer',
    },
  },
  'tcp-ext': { fields: { src_flags_hex: 'hex', dst_flags_hex: 'hex' }, notEmpty: true },
  'windows-process-ext': {
    fields: {
      aslr_enabled: 'flag', dep_enabled: 'flag', priority: 'text', owner_sid: 'text', window_title: 'text',
      startup_info: 'dictionary', integrity_level: 'enum low|medium|high|system',
    },
    notEmpty: true,
  },
  'windows-service-ext': {
    fields: {
      service_name: 'text', descriptions: 'list text', display_name: 'text', group_name: 'text',
      start_type: 'enum SERVICE_AUTO_START|SERVICE_BOOT_START|SERVICE_DEMAND_START|SERVICE_DISABLED|SERVICE_SYSTEM_ALERT',
      service_dll_refs: 'list ref file',
      service_type: 'enum SERVICE_KERNEL_DRIVER|SERVICE_FILE_SYSTEM_DRIVER|SERVICE_WIN32_OWN_PROCESS|SERVICE_WIN32_SHARE_PROCESS',
      service_status: `enum ${serviceStates1}|${serviceStates2}`,
    },
    notEmpty: true,
  },
  'unix-account-ext': { fields: { gid: 'number', groups: 'list text', home_dir: 'text', shell: 'text' }, notEmpty: true },
}
