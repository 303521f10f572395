/** How deep objects and lists may nest in a tree container. Mapping files nest 4 deep, STIX bundles and layers below 10. */
export const depthLimit = 200
