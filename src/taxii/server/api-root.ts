/** Where the only API root is. */
export const apiRoot = '/taxii2/mappings/'
