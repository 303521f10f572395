/** The id of a framework that neither the document nor the user names. */
export const unknownFramework = 'unknown'
