package preflab.datasets.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.junit.jupiter.api.Test;

import preflab.datasets.Examples;
import preflab.datasets.example.Content;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.Message;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.PromptOnly;
import preflab.datasets.example.Ranked;
import preflab.datasets.example.Source;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unlabelled;
import preflab.datasets.example.Unlearning;
import preflab.datasets.example.Unpaired;

class ExampleJsonTest {

    private static final ExampleId ID = new ExampleId(3);
    private static final Source SOURCE = new Source("file", 4);

    private static String json(PreferenceExample example) {
        return new String(ExampleJson.encode(example), StandardCharsets.UTF_8);
    }

    @Property(tries = 500)
    void everyRowComesBackAsItWas(@ForAll("examples") PreferenceExample example) {
        byte[] bytes = ExampleJson.encode(example);

        PreferenceExample back = ExampleJson.decode(example.kind(), bytes, example.id(), example.source());

        assertThat(back).isEqualTo(example);
        assertThat(ExampleJson.encode(back)).isEqualTo(bytes);
        assertThat(bytes).doesNotContain('\n');
    }

    @Test
    void neutralAndUnmarkedAreNeverMixedAndAbsentValuesStayAbsent() {
        Stepwise row = Examples.stepwise("p", false, Step.labelled("a", StepLabel.NEUTRAL),
                Step.labelled("b", StepLabel.UNMARKED), Examples.step("c", StepLabel.BAD, -0.5));

        assertThat(json(row)).isEqualTo("{\"prompt\":\"p\",\"completions\":[\"a\",\"b\",\"c\"],"
                + "\"labels\":[0,null,-1],\"q\":[null,null,-0.5],\"answer_correct\":false}");
    }

    @Test
    void columnsAreThoseOfTheField() {
        assertThat(json(Examples.paired("p", "c", "r")))
                .isEqualTo("{\"prompt\":\"p\",\"chosen\":\"c\",\"rejected\":\"r\"}");
        assertThat(json(Examples.unpaired("p", "c", false)))
                .isEqualTo("{\"prompt\":\"p\",\"completion\":\"c\",\"label\":false}");
        assertThat(json(new PromptOnly(ID, Examples.chat("é😀"), SOURCE)))
                .isEqualTo("{\"prompt\":[{\"role\":\"user\",\"content\":\"é😀\"}]}");
    }

    @Provide
    Arbitrary<PreferenceExample> examples() {
        Arbitrary<Content> content = contents();
        Arbitrary<Double> scores = Arbitraries.oneOf(Arbitraries.doubles(),
                Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, -0.0, Double.MIN_VALUE));
        return Arbitraries.oneOf(
                Combinators.combine(content, content, content).as((p, c, r) -> new Paired(ID, p, c, r, SOURCE)),
                Combinators.combine(content, content, Arbitraries.of(true, false))
                        .as((p, c, l) -> new Unpaired(ID, p, c, l, SOURCE)),
                Combinators.combine(content, Combinators.combine(content, scores).as(Ranked.Candidate::new).list())
                        .as((p, c) -> new Ranked(ID, p, c, SOURCE)),
                Combinators.combine(content, steps().list(), Arbitraries.of(Set.of(true, false)).optional())
                        .as((p, s, a) -> new Stepwise(ID, p, s, a, SOURCE)),
                Combinators.combine(content, content.list()).as((p, c) -> new Unlabelled(ID, p, c, SOURCE)),
                Combinators.combine(content, content, Arbitraries.of(true, false))
                        .as((p, c, f) -> new Unlearning(ID, p, c, f, SOURCE)),
                Combinators.combine(content, content).as((p, c) -> new Demonstration(ID, p, c, SOURCE)),
                content.map(p -> new PromptOnly(ID, p, SOURCE)));
    }

    private static Arbitrary<Content> contents() {
        Arbitrary<String> text = texts();
        Arbitrary<Content> plain = text.map(Content::of);
        Arbitrary<List<Message>> turns = Combinators
                .combine(Arbitraries.of("system", "user", "assistant", "tool"), text).as(Message::new).list()
                .ofMinSize(1).ofMaxSize(4);
        return Arbitraries.oneOf(plain, turns.map(Content::of));
    }

    private static Arbitrary<String> texts() {
        // code points of every plane with quotes, escapes and control characters among them; no lone surrogates
        return Arbitraries.integers().between(0, 0x10FFFF).filter(c -> c < 0xD800 || c > 0xDFFF)
                .edgeCases(edges -> edges.add(0, 0x22, 0x5C, 0x0A, 0x2028, 0xFFFF, 0x10000, 0x1F600)).list()
                .ofMaxSize(12).map(points -> points.stream().collect(StringBuilder::new, StringBuilder::appendCodePoint,
                        StringBuilder::append).toString());
    }

    private static Arbitrary<Step> steps() {
        Arbitrary<OptionalDouble> values = Arbitraries.doubles().between(-1, 1).optional()
                .map(q -> q.isPresent() ? OptionalDouble.of(q.get()) : OptionalDouble.empty());
        return Combinators.combine(texts(), Arbitraries.of(StepLabel.class), values).as(Step::new);
    }

    @Test
    void optionalsAreWrittenOnlyWhereKnown() {
        assertThat(json(new Stepwise(ID, Content.of("p"), List.of(), Optional.empty(), SOURCE)))
                .isEqualTo("{\"prompt\":\"p\",\"completions\":[],\"labels\":[]}");
    }
}
