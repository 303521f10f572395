import { foldName } from '../../model/text.js'
import { stated } from '../../model/stated.js'

/** The field that a column contains. `derived`: printed in Crosswalk's tables for readers, and looked up again rather than read. */
export type ColumnRole =
  | 'framework' | 'frameworkVersion' | 'group' | 'capability' | 'name' | 'text' | 'relation'
  | 'technique' | 'subtechnique' | 'techniqueName' | 'attackGroup' | 'attackVersion' | 'domain'
  | 'category' | 'value' | 'related' | 'references' | 'comments' | 'status' | 'verdict' | 'initials' | 'remark'
  | 'author' | 'contact' | 'organization' | 'created' | 'modified' | 'mappingVersion' | 'id' | 'derived'

interface RoleTitles {
  readonly role: ColumnRole
  /** Folded titles that always mean this role: CTID's field names first. */
  readonly strong: string
  /** Folded titles that mean this role if no column of the table has a strong one. */
  readonly weak?: string
  /** Role of a weak title in a table that has a strong one: "Technique" beside "Technique ID" is the technique's name. */
  readonly otherwise?: ColumnRole
}

/** Known column titles, folded by `foldTitle`: CTID's, Crosswalk's, and those common in hand-made tables. */
const titles: readonly RoleTitles[] = [
  {
    role: 'framework',
    strong: 'mappingframework framework frameworkid securityframework controlframework mappingframeworkid',
    weak: 'standard catalog catalogue sourceframework',
  },
  {
    role: 'frameworkVersion',
    strong: 'mappingframeworkversion frameworkversion controlversion standardversion',
    weak: 'revision',
  },
  {
    role: 'group',
    strong: 'capabilitygroup controlfamily controlgroup capabilitygroupname capabilitygroupid',
    weak: 'family group',
  },
  {
    role: 'capability',
    strong: 'capabilityid capabilityidentifier controlid controlids controlidentifier controlnumber controlno securitycontrolid '
      + 'nistcontrolid nist80053controlid cveid cves cve verisid verispath verisenumeration safeguardid requirementid productid '
      + 'serviceid policyid profileid diagnosticstatementid subcategoryid',
    weak: 'capability capabilities control controls securitycontrol securitycontrols nistcontrol nist80053 nist80053control '
      + 'veris safeguard requirement subcategory diagnosticstatement vulnerability countermeasure mitigation product service '
      + 'feature tool measure cisid cissafeguard cissafeguardid mappedcapability',
    otherwise: 'name',
  },
  {
    role: 'name',
    strong: 'capabilitydescription capabilityname controlname controltitle capabilitytitle securitycontrolname safeguardname '
      + 'safeguardtitle requirementname productname servicename',
    weak: 'name title',
    otherwise: 'text',
  },
  { role: 'text', strong: 'controldescription controltext requirementtext requirementdescription', weak: 'description' },
  { role: 'relation', strong: 'mappingtype relationshiptype relationtype', weak: 'relationship relation mapping type' },
  {
    role: 'technique',
    strong: 'attackobjectid attackobjectids techniqueid techniqueids attackid attackids attacktechniqueid attacktechniqueids '
      + 'tid tids ttpid ttpids attackpatternid',
    weak: 'technique techniques attacktechnique attacktechniques attack attackobject ttp ttps attackpattern attackpatterns '
      + 'tcode tcodes',
    otherwise: 'techniqueName',
  },
  {
    role: 'subtechnique',
    strong: 'subtechniqueid subtechniqueids attacksubtechniqueid',
    weak: 'subtechnique subtechniques attacksubtechnique',
  },
  {
    role: 'techniqueName',
    strong: 'attackobjectname techniquename techniquetitle attacktechniquename attackname attackpatternname',
  },
  { role: 'attackGroup', strong: 'attackgroupid attackgroup attackgroups threatgroupid intrusionsetid' },
  { role: 'attackVersion', strong: 'attackversion attackrelease' },
  { role: 'domain', strong: 'technologydomain attackdomain', weak: 'domain matrix' },
  { role: 'category', strong: 'scorecategory', weak: 'category controltype coveragetype' },
  { role: 'value', strong: 'scorevalue', weak: 'score value coverage rating effectiveness' },
  { role: 'related', strong: 'relatedscore' },
  {
    role: 'references',
    strong: 'references reference referenceurl referenceurls',
    weak: 'links link urls url sources source citation citations',
  },
  {
    role: 'comments',
    strong: 'comments comment mappingcomments mappingnotes mappingrationale',
    weak: 'notes note rationale justification explanation remarks remark reason',
  },
  { role: 'status', strong: 'status mappingstatus' },
  { role: 'verdict', strong: 'auditorverdict reviewerverdict reviewverdict verdict' },
  { role: 'initials', strong: 'auditorinitials reviewerinitials reviewinitials initials' },
  { role: 'remark', strong: 'auditorremark auditorremarks reviewerremark reviewerremarks reviewremark' },
  { role: 'author', strong: 'author authorname mappedby' },
  { role: 'contact', strong: 'authorcontact contact authoremail' },
  { role: 'organization', strong: 'authororganization organization organisation' },
  { role: 'created', strong: 'creationdate created datecreated createdon' },
  { role: 'modified', strong: 'lastupdate lastupdated lastmodified modified updated datemodified' },
  { role: 'mappingVersion', strong: 'mappingversion' },
  { role: 'id', strong: 'mappingid' },
  {
    role: 'derived',
    strong: 'attacktactics attackurl attackstatus sourcedocument sourceplace',
    weak: 'tactic tactics attacktactic tacticid tacticids tacticname techniqueurl techniquelink',
  },
]

/** The role of a column title. */
export interface TitleMeaning {
  readonly role: ColumnRole
  readonly strong: boolean
  readonly otherwise?: ColumnRole
}

const byTitle = new Map<string, TitleMeaning>(titles.flatMap(({ role, strong, weak = '', otherwise }) => [
  ...strong.split(' ').map((title) => [title, { role, strong: true }] as const),
  ...(weak === '' ? [] : weak.split(' ')).map((title) => [title, { role, strong: false, ...stated({ otherwise }) }] as const),
]))

/**
 * A title reduced to lower-case letters and digits for comparison, with "ATT&CK" as "attack" and without a leading "MITRE":
 * "MITRE ATT&CK ID(s)" is "attackids".
 */
export function foldTitle(title: string): string {
  return foldName(title.slice(0, 200).toLowerCase().replaceAll('att&ck', 'attack')).replace(/^mitre/, '')
}

/** The role of a column with this title; undefined for unknown titles. */
export function meaningOf(title: string): TitleMeaning | undefined {
  return byTitle.get(foldTitle(title))
}

/** The role that a user names in `--columns`: by any of its titles ("technique", "attack_object_id") or its own name. */
export function roleNamed(name: string): ColumnRole | undefined {
  return byTitle.get(foldTitle(name))?.role ?? titles.find(({ role }) => role === name)?.role
}
