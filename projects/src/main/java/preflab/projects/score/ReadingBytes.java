package preflab.projects.score;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import preflab.engine.train.SideReading;
import preflab.engine.train.TokenReading;

/** A completion's tokens as bytes: text, problem, and 28 bytes a token. */
final class ReadingBytes {

    private ReadingBytes() {
    }

    static byte[] of(SideReading side) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, side.text());
            write(out, side.problem().orElse(""));
            out.writeInt(side.tokens().size());
            for (TokenReading token : side.tokens()) {
                out.writeInt(token.from());
                out.writeInt(token.to());
                out.writeInt(token.step());
                out.writeFloat(token.logProb());
                out.writeFloat(token.reference());
                out.writeFloat(token.gradient());
                out.writeFloat(token.valueLogit());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // arrays in memory do not fail
        }
        return bytes.toByteArray();
    }

    static SideReading side(String name, byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            String text = text(in);
            String problem = text(in);
            List<TokenReading> tokens = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                tokens.add(new TokenReading(in.readInt(), in.readInt(), in.readInt(), in.readFloat(), in.readFloat(),
                        in.readFloat(), in.readFloat()));
            }
            return new SideReading(name, text, tokens, problem.isEmpty() ? Optional.empty() : Optional.of(problem));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
}
