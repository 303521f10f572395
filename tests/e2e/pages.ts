/** A page as text, in our own words: two rows of one framework. */
export const page = `T1078.004 Cloud Accounts

Somebody signs in with an account that belongs to somebody else.

View in MITRE ATT&CK

AWS Mappings

Capability ID Capability Description Mapping Type ATT&CK ID ATT&CK Name Notes
amazon_guardduty Amazon GuardDuty technique_scores T1078.004 Cloud Accounts
Comments
Unusual calls are noticed.
References
aws_config AWS Config technique_scores T1078.004 Cloud Accounts
Comments
Policies can be checked for second factors.
References
`

/** The same with a technique that ATT&CK does not have: a warning. */
export const doubtfulPage = page.replaceAll('T1078.004', 'T9078')
