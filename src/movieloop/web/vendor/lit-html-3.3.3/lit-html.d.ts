// What this page uses of lit-html, for the type checker.
export type Template = {readonly _$litType$: number};
export declare const nothing: unique symbol;
export declare function html(strings: TemplateStringsArray, ...values: unknown[]): Template;
export declare function svg(strings: TemplateStringsArray, ...values: unknown[]): Template;
export declare function render(value: unknown, container: HTMLElement | DocumentFragment, options?: {renderBefore?: ChildNode | null}): unknown;
