import { count } from './observables.js'
import type { TypeRules } from './type-rules.js'

const registryTypes1 = 'REG_NONE|REG_SZ|REG_EXPAND_SZ|REG_BINARY|REG_DWORD|REG_DWORD_BIG_ENDIAN|REG_DWORD_LITTLE_ENDIAN|REG_LINK'
const registryTypes2 = 'REG_MULTI_SZ|REG_RESOURCE_LIST|REG_FULL_RESOURCE_DESCRIPTION|REG_RESOURCE_REQUIREMENTS_LIST|REG_QWORD'
const registryTypes3 = 'REG_INVALID_TYPE'

/** Parts of observables and of their extensions (STIX 2.1, section 6). */
const observableParts = {
  'mime-part': {
    fields: { body: 'text', body_raw_ref: 'ref artifact|file', content_type: 'text', content_disposition: 'text' },
    exactlyOneOf: ['body', 'body_raw_ref'],
  },
  'registry-value': {
    fields: {
      name: 'text', data: 'text', data_type: `enum ${registryTypes1}|${registryTypes2}|${registryTypes3}`,
    },
    notEmpty: true,
  },
  'x509-extensions': {
    fields: {
      basic_constraints: 'text', name_constraints: 'text', policy_constraints: 'text', key_usage: 'text',
      extended_key_usage: 'text', subject_key_identifier: 'text', authority_key_identifier: 'text',
      subject_alternative_name: 'text', issuer_alternative_name: 'text', subject_directory_attributes: 'text',
      crl_distribution_points: 'text', inhibit_any_policy: 'text', private_key_usage_period_not_before: 'time',
      private_key_usage_period_not_after: 'time', certificate_policies: 'text', policy_mappings: 'text',
    },
    notEmpty: true,
  },
  'alternate-data-stream': { fields: { name: 'text!', hashes: 'hashes', size: count } },
  'pe-section': { fields: { name: 'text!', size: count, entropy: 'number', hashes: 'hashes' } },
  'pe-optional-header': {
    fields: {
      magic_hex: 'hex', major_linker_version: 'integer', minor_linker_version: 'integer', size_of_code: count,
      size_of_initialized_data: count, size_of_uninitialized_data: count, address_of_entry_point: 'integer',
      base_of_code: 'integer', base_of_data: 'integer', image_base: 'integer', section_alignment: 'integer',
      file_alignment: 'integer', major_os_version: 'integer', minor_os_version: 'integer', major_image_version: 'integer',
      minor_image_version: 'integer', major_subsystem_version: 'integer', minor_subsystem_version: 'integer',
      win32_version_value_hex: 'hex', size_of_image: count, size_of_headers: count, checksum_hex: 'hex', subsystem_hex: 'hex',
      dll_characteristics_hex: 'hex', size_of_stack_reserve: count, size_of_stack_commit: count, size_of_heap_reserve: count,
      size_of_heap_commit: count, loader_flags_hex: 'hex', number_of_rva_and_sizes: 'integer', hashes: 'hashes',
    },
    notEmpty: true,
  },
} as const satisfies Record<string, TypeRules>

/** Parts of objects (STIX 2.1, section 2), by the name that field rules use. */
const structs = {
  'external-reference': {
    fields: { source_name: 'text!', description: 'text', url: 'url', hashes: 'hashes', external_id: 'text' },
    oneGroupOf: [['description'], ['url'], ['external_id']],
  },
  'kill-chain-phase': { fields: { kill_chain_name: 'text!', phase_name: 'text!' } },
  'granular-marking': {
    fields: { lang: 'text', marking_ref: 'ref marking-definition', selectors: 'list form selector!' },
    exactlyOneOf: ['lang', 'marking_ref'],
  },
  ...observableParts,
} as const satisfies Record<string, TypeRules>

/** The rules of a part, by the name in `struct …` field rules; undefined for an unknown one. */
export function structRules(name: string): TypeRules | undefined {
  const all: Readonly<Record<string, TypeRules>> = structs
  return Object.hasOwn(all, name) ? all[name] : undefined
}
