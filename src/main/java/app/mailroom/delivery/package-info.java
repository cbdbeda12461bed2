/** How a message travels from planned to accepted; read PlannerLoop, SenderPool, ResultWriter in this order. */
@NullMarked
package app.mailroom.delivery;

import org.jspecify.annotations.NullMarked;
