/**
 * The capability id that CTID's unified files made of a control's name: lower-case, each space an underscore. "Cloud Hardware
 * Security Module (HSM)" is cloud_hardware_security_module_(hsm), and so are all 125 ids of the files for AWS, Azure and GCP.
 */
export function nameCapability(name: string): string {
  return name.toLowerCase().replaceAll(' ', '_')
}
