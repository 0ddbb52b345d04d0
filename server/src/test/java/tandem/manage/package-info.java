/// Tests of what resources are written with, and of applying them.
@NullMarked
package tandem.manage;

import org.jspecify.annotations.NullMarked;
