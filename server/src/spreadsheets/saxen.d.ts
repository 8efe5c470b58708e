/** The part of saxen that is used here; it comes without types. */
declare module "saxen" {
  type Attributes = () => Readonly<Record<string, string>>;
  type Decode = (text: string) => string;
  export class Parser {
    on(event: "openTag", listen: (name: string, attributes: Attributes, decode: Decode) => void): this;
    on(event: "closeTag", listen: (name: string) => void): this;
    on(event: "text", listen: (text: string, decode: Decode) => void): this;
    on(event: "cdata", listen: (text: string) => void): this;
    on(event: "error", listen: (error: Error) => void): this;
    /** Stops after the element that is being looked at. */
    stop(): void;
    parse(xml: string): this;
  }
}
