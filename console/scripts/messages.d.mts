export const PLURAL: RegExp;
export function flatten(tree: object, prefix?: string): Map<string, string>;
