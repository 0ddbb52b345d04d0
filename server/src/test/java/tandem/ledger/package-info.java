/// Nothing acknowledged is lost: real processes under a seeded schedule of faults, a workload that
/// writes down what it was told, and a checker that holds the server to it afterwards.
@NullMarked
package tandem.ledger;

import org.jspecify.annotations.NullMarked;
