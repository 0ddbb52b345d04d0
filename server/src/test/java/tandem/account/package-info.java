/// Sign-in at OpenID providers: against one by others, and against tokens no honest one would send.
@NullMarked
package tandem.account;

import org.jspecify.annotations.NullMarked;
