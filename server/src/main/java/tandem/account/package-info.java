/// Login options, sessions, and the person's own page.
@NullMarked
package tandem.account;

import org.jspecify.annotations.NullMarked;
