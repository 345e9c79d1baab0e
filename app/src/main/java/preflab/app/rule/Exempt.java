package preflab.app.rule;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Lets one class break one of the rules that the architecture tests hold. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Exempt {

    /** The rule's name, as in the test. */
    String rule();

    /** Why this class may; never blank. */
    String reason();
}
