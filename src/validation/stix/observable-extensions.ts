import type { TypeRules } from './type-rules.js'

const count = 'integer 0..9007199254740991'
const serviceStates1 = 'SERVICE_CONTINUE_PENDING|SERVICE_PAUSE_PENDING|SERVICE_PAUSED|SERVICE_RUNNING|SERVICE_START_PENDING'
const serviceStates2 = 'SERVICE_STOP_PENDING|SERVICE_STOPPED'

/** The extensions that the specification itself defines for observables (STIX 2.1, section 6), by their key. */
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
      time_date_stamp: 'time',
      pointer_to_symbol_table_hex: 'hex', number_of_symbols: count, size_of_optional_header: count, characteristics_hex: 'hex',
      file_header_hashes: 'hashes', optional_header: 'struct pe-optional-header', sections: 'list struct pe-section',
    },
    oneGroupOf: [
      ['imphash'], ['machine_hex'], ['number_of_sections'], ['time_date_stamp'], ['pointer_to_symbol_table_hex'],
      ['number_of_symbols'],
      ['size_of_optional_header'], ['characteristics_hex'], ['file_header_hashes'], ['optional_header'], ['sections'],
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
      socket_type: 'enum SOCK_STREAM|SOCK_DGRAM|SOCK_RAW|SOCK_RDM|SOCK_SEQPACKET',
      socket_descriptor: count, socket_handle: 'integer',
    },
  },
  'tcp-ext': { fields: { src_flags_hex: 'hex', dst_flags_hex: 'hex' }, notEmpty: true },
  'windows-process-ext': {
    fields: {
      aslr_enabled: 'flag', dep_enabled: 'flag', priority: 'text', owner_sid: 'text', window_title: 'text',
      startup_info: 'dictionary',
      integrity_level: 'enum low|medium|high|system',
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
