/**
 * GJSON paths over {@code jakarta.json} values, in the syntax of <a
 * href="https://github.com/tidwall/gjson/blob/v1.18.0/SYNTAX.md">GJSON SYNTAX.md, version
 * 1.18.0</a>. "The original" in this package is that version of tidwall/gjson, written in Go.
 *
 * <p>The command line uses it for {@code --extra}. The public types are {@link
 * dev.sessiontoken.gjson.GjsonPath}, where to begin reading, {@link
 * dev.sessiontoken.gjson.GjsonResult} and {@link dev.sessiontoken.gjson.GjsonSyntaxException}.
 *
 * <p>The classes, in the order in which they are called:
 *
 * <ol>
 *   <li>{@code PathCheck}, at {@code GjsonPath.parse}, refuses paths that can only be mistakes.
 *   <li>{@code PlainPath} evaluates paths of keys and indices on the document itself. For all other
 *       paths, {@code DocumentWriter} writes the document as the JSON text the original would get.
 *   <li>{@code Evaluation} splits a path at its pipes and evaluates part after part, each on the
 *       text that the part before it gave: a modifier ({@code ModifierCall}, {@code Modifiers}), a
 *       literal, a multipath ({@code Multipath}), or a search.
 *   <li>{@code Search} finds one value in a text. It parses one component at a time: {@code
 *       ObjectPart} for objects, {@code ArrayPart} for arrays, whose elements {@code ArraySearch}
 *       goes through; {@code Query} is a component {@code #(…)}, {@code Glob} a pattern with
 *       wildcards.
 *   <li>{@code Value} is what has been found; {@code GjsonResult} is made of it.
 * </ol>
 *
 * <p>All of them use {@code JsonScanner} (ends of values in a JSON text), {@code PathSyntax}
 * (separators in a path), {@code Members} (members of a value), {@code GoStrings}, {@code
 * GoNumbers} and {@code Utf8Order} (Go's rules for strings, numbers and order), {@code Output}
 * (text being written) and {@code Budget} (the limits of one evaluation). {@code PrettyPrinter}
 * with {@code PrettyMember} and {@code JsonValidator} are the modifiers {@code @pretty} and
 * {@code @valid}.
 */
package dev.sessiontoken.gjson;
