package preflab.engine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Worked cases; that they agree with the reference implementation is proved by {@link JinjaAgreementTest}. */
class TemplateTest {

    private static String rendered(String template) {
        Map<String, String> message = new LinkedHashMap<>();
        message.put("role", "user");
        message.put("content", "hi");
        return Template.parse(template).render(Map.of("names", List.of("a", "b", "c"), "message", message),
                SharedTemplatesTest.NOW);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '§', quoteCharacter = '`', value = {"{{ names[::-1] | join('-') }} § c-b-a",
            "{{ 'x' + message.content | trim + 'y' }} § xhiy",
            "{% for n in names %}{{ loop.index }}{{ n }}{{ ',' if not loop.last }}{% endfor %} § 1a,2b,3c",
            "{% set ns = namespace(k=0) %}{% for n in names %}{% set ns.k = ns.k + 1 %}{% endfor %}{{ ns.k }} § 3",
            "{% set k = 0 %}{% for n in names %}{% set k = k + 1 %}{{ k }}{% endfor %}{{ k }} § 1110",
            "{{ message | tojson }} § {\"role\": \"user\", \"content\": \"hi\"}", "{{ 7 // 2 }}{{ -7 // 2 }} § 3-4",
            "{{ 7 / 2 }} § 3.5", "{{ nobody }}|{{ none }}|{{ true }} § |None|True",
            "{% macro f(x, y='d') %}{{ x }}{{ y }}{% endmacro %}{{ f('a') }}{{ f('a', y='b') }} § adab",
            "{{ names }} § ['a', 'b', 'c']", "{{ strftime_now('%d %B %Y') }} § 26 July 2024",
            "{% for n in names if n != 'b' %}{{ n }}{% else %}none{% endfor %} § ac",
            "{% for n in names %}{% if n == 'b' %}{% continue %}{% endif %}{{ n }}{% endfor %} § ac",
            "{{ 1 < 2 < 3 }}{{ 'a' not in names }} § TrueFalse", "{{ names | selectattr('x') | list }} § []"})
    void computes(String template, String expected) {
        assertThat(rendered(template)).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void aTagTakesItsLineWithIt() {
        assertThat(rendered("a\n  {% if true %}\n  b\n  {% endif %}\nc\n")).isEqualTo("a\n  b\nc");
        assertThat(rendered("a\n {%- if true %} b {% endif -%}\n c")).isEqualTo("a b c");
        assertThat(rendered("a\n  {# note #}\nb {{ 'c' }}\nd")).isEqualTo("a\nb c\nd");
        assertThat(rendered("{% raw %}{{ x }}{% endraw %}")).isEqualTo("{{ x }}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '§', quoteCharacter = '`', value = {
            "a\\n{{ x | xmlattr }} § line 2, column 6: the filter xmlattr is not supported",
            "{% include 'x' %} § line 1, column 4: the tag include is not supported in chat templates",
            "{{ names.append('x') }} § line 1, column 9: the method append of a list is not supported in chat templates",
            "{{ nobody.role }} § line 1, column 10: 'nobody' is undefined",
            "{{ message.role.name.first }} § line 1, column 21: a string has no 'name'",
            "{{ 'x' + 1 }} § line 1, column 8: '+' is not defined for string and int",
            "{% if true %}x § line 1, column 4: 'if' has no end",
            "{{ 'x }} § line 1, column 4: the string has no end", "{{ x § line 1, column 3: the tag has no end }}",
            "{{ x is filelike }} § line 1, column 6: the test filelike is not supported",
            "{% endif %} § line 1, column 4: the tag endif is not expected here",
            "{{ (1 + ) }} § line 1, column 9: a value was expected, not )",
            "{{ x * }} § line 1, column 8: a value was expected, not the end of the tag",
            "{% for x in names recursive %}{% endfor %}"
                    + " § line 1, column 4: a recursive loop is not supported in chat templates",
            "{{ '%s' % 'x' }} § line 1, column 9: formatting by '%' is not supported in chat templates",
            "{{ raise_exception('No.') }} § line 1, column 19: the template says: No."})
    void refusesWithPlaceAndName(String template, String message) {
        assertThatThrownBy(() -> rendered(template.replace("\\n", "\n"))).isInstanceOf(TemplateException.class)
                .hasMessage(message);
    }

    @Test
    void aTemplateThatWouldNotEndIsStopped() {
        String deep = "{% for a in range(9999) %}{% for b in range(9999) %}{{ a }}{% endfor %}{% endfor %}";
        assertThatThrownBy(() -> rendered(deep)).hasMessageContaining("steps");
        assertThatThrownBy(() -> rendered("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}"))
                .hasMessageContaining("deep");
        assertThatThrownBy(() -> rendered("{{ 'x' * 9000000 }}")).hasMessageContaining("million");
        char[] brackets = new char[5_000];
        Arrays.fill(brackets, '(');
        assertThatThrownBy(() -> rendered("{{ " + new String(brackets) + " }}"))
                .isInstanceOf(TemplateException.class);
    }

    @Test
    void floatsPrintAsInPython() {
        assertThat(rendered("{{ 1.0 }} {{ 1e16 }} {{ 1.5e-7 }} {{ 123456.789 }} {{ 0.0001 }} {{ 1e22 }}"))
                .isEqualTo("1.0 1e+16 1.5e-07 123456.789 0.0001 1e+22");
    }
}
