import type { TypeRules } from './type-rules.js'

const count = 'integer 0..9007199254740991'
const fileTimes = { ctime: 'time', mtime: 'time', atime: 'time' } as const

/** Observables (STIX 2.1, section 6): the properties that each has beside the common ones. */
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
      subject: 'text',
      received_lines: 'list text', additional_header_fields: 'dictionary header', body: 'text',
      body_multipart: 'list struct mime-part',
      raw_email_ref: 'ref artifact',
    },
  },
  'file': {
    fields: {
      hashes: 'hashes', size: count, name: 'text', name_enc: 'form encoding', magic_number_hex: 'hex', mime_type: 'text',
      ...fileTimes,
      parent_directory_ref: 'ref directory', contains_refs: 'list ref', content_ref: 'ref artifact',
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
      dst_packets: 'integer',
      ipfix: 'dictionary word', src_payload_ref: 'ref artifact', dst_payload_ref: 'ref artifact',
      encapsulates_refs: 'list ref network-traffic',
      encapsulated_by_ref: 'ref network-traffic',
    },
    oneGroupOf: [['src_ref'], ['dst_ref']],
    times: [['start', 'end', 'not after']],
  },
  'process': {
    fields: {
      extensions: 'extensions', is_hidden: 'flag', pid: 'integer', created_time: 'time', cwd: 'text', command_line: 'text',
      environment_variables: 'dictionary', opened_connection_refs: 'list ref network-traffic',
      creator_user_ref: 'ref user-account',
      image_ref: 'ref file', parent_ref: 'ref process', child_refs: 'list ref process',
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
      account_type: 'vocabulary account-type',
      display_name: 'text', is_service_account: 'flag', is_privileged: 'flag', can_escalate_privs: 'flag', is_disabled: 'flag',
      account_created: 'time', account_expires: 'time', credential_last_changed: 'time', account_first_login: 'time',
      account_last_login: 'time',
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
      issuer: 'text',
      validity_not_before: 'time', validity_not_after: 'time', subject: 'text', subject_public_key_algorithm: 'text',
      subject_public_key_modulus: 'text', subject_public_key_exponent: 'integer', x509_v3_extensions: 'struct x509-extensions',
    },
    notEmpty: true,
    times: [['validity_not_before', 'validity_not_after', 'not after by custom']],
  },
}
