/** The largest body of a request, in bytes. No request needs one. */
export const maxContentLength = 65_536
