/** The media type of everything that TAXII 2.1 sends and takes (TAXII 2.1, section 1.6.8). */
export const taxiiMediaType = 'application/taxii+json;version=2.1'
