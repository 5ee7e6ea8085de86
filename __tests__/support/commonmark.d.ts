/* The part of commonmark that the tests use; the package has no types of its own. */
declare module 'commonmark' {
  export class Parser {
    parse(text: string): unknown;
  }
  export class HtmlRenderer {
    constructor(options?: { readonly safe?: boolean });
    render(document: unknown): string;
  }
}
